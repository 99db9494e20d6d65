/// What knows the JSONata library: nobody else imports it.
@NullMarked
package io.sluice.expression.jsonata;

import org.jspecify.annotations.NullMarked;
