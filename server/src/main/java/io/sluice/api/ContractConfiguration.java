package io.sluice.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the OpenAPI document says about the whole.
@Configuration(proxyBeanMethods = false)
class ContractConfiguration {
  @Bean
  OpenAPI contract() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Sluice")
                .version("1")
                .description(
                    "Documents, search, workflows, tests, jobs, queues, dead letters and events. Failures are RFC 9457"
                        + " problem details with a stable code; lists page with limit and cursor."))
        .servers(List.of(new Server().url("/")));
  }
}
