package io.sluice.platform;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/// Seals secrets for the database, by AES-GCM under the master key: `SLUICE_MASTER_KEY`, or a file
/// in the data directory. Each value is bound to what it belongs to, so that one that was copied to
/// another row does not open.
///
/// Several nodes on one database need the same key. Whoever loses it loses what was sealed, and
/// nothing else.
@Component
public class Sealer {
  private static final byte VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom chance = new SecureRandom();
  private final SecretKeySpec key;

  Sealer(SealingSettings sealing, SluiceSettings settings) {
    var given = sealing.masterKey();
    this.key =
        new SecretKeySpec(
            given == null || given.isBlank()
                ? MasterKey.in(settings.data())
                : MasterKey.read(given, "SLUICE_MASTER_KEY"),
            "AES");
  }

  /// What was sealed with another key, or belongs to something else.
  public static final class WrongKey extends Problem {
    WrongKey(GeneralSecurityException cause) {
      super(
          Sort.UNAVAILABLE,
          "WRONG_MASTER_KEY",
          "A secret can not be opened: it was sealed with another master key. Give all nodes the"
              + " SLUICE_MASTER_KEY, or the file master.key, with which it was stored",
          List.of(),
          cause);
    }
  }

  /// Seals a text.
  ///
  /// @param owner what it belongs to, e.g. `webhook/<id>`
  public byte[] seal(String owner, String secret) {
    var nonce = random(NONCE_BYTES);
    try {
      var sealed =
          cipher(Cipher.ENCRYPT_MODE, owner, nonce)
              .doFinal(secret.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
          .put(VERSION)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  /// Opens what was sealed.
  ///
  /// @throws WrongKey if it can not be opened
  public String open(String owner, byte[] sealed) {
    var in = ByteBuffer.wrap(sealed);
    try {
      if (sealed.length <= 1 + NONCE_BYTES || in.get() != VERSION) {
        throw new GeneralSecurityException("it is of another form");
      }
      var nonce = new byte[NONCE_BYTES];
      in.get(nonce);
      var rest = new byte[in.remaining()];
      in.get(rest);
      return new String(
          cipher(Cipher.DECRYPT_MODE, owner, nonce).doFinal(rest), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new WrongKey(e);
    }
  }

  private Cipher cipher(int mode, String owner, byte[] nonce) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  /// Bytes for a new secret, from the system's own source.
  public byte[] random(int bytes) {
    var fresh = new byte[bytes];
    chance.nextBytes(fresh);
    return fresh;
  }
}
