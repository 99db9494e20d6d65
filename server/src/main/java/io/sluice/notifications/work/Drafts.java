package io.sluice.notifications.work;

import io.sluice.engine.TenantId;
import io.sluice.expression.ExpressionProblem;
import io.sluice.expression.Template;
import io.sluice.notifications.Address;
import io.sluice.notifications.ChannelDraft;
import io.sluice.notifications.ChannelType;
import io.sluice.notifications.NotificationProblem;
import io.sluice.notifications.NotificationSettings;
import io.sluice.notifications.Occasion;
import io.sluice.notifications.model.ChannelRules;
import io.sluice.notifications.model.Confidential;
import io.sluice.notifications.model.SecretText;
import io.sluice.notifications.store.ChannelStore;
import io.sluice.platform.Problem.Fault;
import io.sluice.platform.Secrets;
import io.sluice.testing.AssetKind;
import io.sluice.testing.TestAssets;
import io.sluice.testing.TestAssets.Shelf;
import io.sluice.testing.TestingProblem;
import io.sluice.webhooks.SigningSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes of what is said about a channel what is stored of it.
@Component
class Drafts {
  private final TestAssets assets;
  private final Secrets secrets;
  private final Sealed sealed;
  private final NotificationSettings settings;

  Drafts(TestAssets assets, Secrets secrets, Sealed sealed, NotificationSettings settings) {
    this.assets = assets;
    this.secrets = secrets;
    this.sealed = sealed;
    this.settings = settings;
  }

  /// @param stored the channel as it is; null: there is none yet
  /// @throws NotificationProblem.Bad if the draft breaks a rule
  ChannelStore.Written written(
      TenantId tenant, UUID id, ChannelDraft asked, ChannelStore.@Nullable Row stored) {
    var draft = stored == null ? asked : restored(asked, stored);
    var faults = new ArrayList<>(ChannelRules.faults(draft, settings.smtp() != null));
    if (faults.isEmpty()) {
      faults.addAll(unknown(draft.address()));
    }
    var suite = suite(tenant, draft, faults);
    if (!faults.isEmpty()) {
      throw new NotificationProblem.Bad(faults);
    }
    return new ChannelStore.Written(
        id,
        tenant,
        draft.name(),
        ChannelType.of(draft.type()),
        sealed.seal(id, draft.address()),
        draft.on().stream().map(Occasion::of).toList(),
        suite,
        draft.languages(),
        draft.queueDepth(),
        draft.queueAge(),
        draft.enabled());
  }

  /// What was hidden from the caller is taken from what is stored, as long as the type is the same.
  private ChannelDraft restored(ChannelDraft asked, ChannelStore.Row stored) {
    var address =
        stored.written().type().sql().equals(asked.type())
            ? Confidential.restored(asked.address(), sealed.address(stored))
            : asked.address();
    return new ChannelDraft(
        asked.name(),
        asked.type(),
        address,
        asked.on(),
        asked.suite(),
        asked.languages(),
        asked.queueDepth(),
        asked.queueAge(),
        asked.enabled());
  }

  /// Secrets that this server does not have, or that can not sign.
  private List<Fault> unknown(Address address) {
    var faults = new ArrayList<Fault>();
    filled("/url", address.url(), faults);
    var secret = filled("/secret", address.secret(), faults);
    if (secret != null) {
      try {
        SigningSecret.parse(secret);
      } catch (IllegalArgumentException e) {
        // Says what is wrong, without the secret.
        faults.add(new Fault("/secret", String.valueOf(e.getMessage())));
      }
    }
    if (address.smtp() != null) {
      filled("/smtp/password", address.smtp().password(), faults);
    }
    return faults;
  }

  private @Nullable String filled(String place, @Nullable String text, List<Fault> faults) {
    if (text == null) {
      return null;
    }
    try {
      return SecretText.render(Template.of(text), secrets::get);
    } catch (SecretText.Missing | ExpressionProblem e) {
      faults.add(new Fault(place, secrets.redact(String.valueOf(e.getMessage()))));
      return null;
    }
  }

  private @Nullable UUID suite(TenantId tenant, ChannelDraft draft, List<Fault> faults) {
    if (draft.suite() == null) {
      return null;
    }
    try {
      return assets.get(new Shelf(tenant, AssetKind.SUITE), draft.suite()).id();
    } catch (TestingProblem.Unknown e) {
      faults.add(new Fault("/suite", String.valueOf(e.getMessage())));
      return null;
    }
  }
}
