package io.sluice.guard.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressPolicyTest {
  private static final EgressPolicy NONE = new EgressPolicy(List.of());

  private static boolean allows(EgressPolicy policy, String address, int port) {
    return policy.allows(InetAddress.ofLiteral(address), port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:a00:1::1",
        "fc00::1",
        "fdff::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "2600::5efe:a00:1",
        "2600::200:5efe:7f00:1"
      })
  void isNotCalled(String address) {
    assertThat(allows(NONE, address, 443)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.0.0.1",
        "128.0.0.1", "169.253.0.1", "172.15.0.1", "172.32.0.1", "192.167.0.1", "198.17.0.1",
        "223.255.255.255", "2606:4700::1111", "2a00:1450::1", "64:ff9b::101:101", "2002:101:101::"
      })
  void isCalled(String address) {
    assertThat(allows(NONE, address, 443)).isTrue();
  }

  @Test
  void namedNetworksAreCalledOnTheirPort() {
    var policy =
        new EgressPolicy(
            List.of(
                Network.of("10.1.0.0/16"),
                Network.of("127.0.0.1:9000"),
                Network.of("[::1]:9000"),
                Network.of("fd00::/8")));
    assertThat(allows(policy, "10.1.2.3", 80)).isTrue();
    assertThat(allows(policy, "10.2.2.3", 80)).isFalse();
    assertThat(allows(policy, "127.0.0.1", 9000)).isTrue();
    assertThat(allows(policy, "127.0.0.1", 9001)).isFalse();
    assertThat(allows(policy, "127.0.0.2", 9000)).isFalse();
    assertThat(allows(policy, "::1", 9000)).isTrue();
    assertThat(allows(policy, "::1", 80)).isFalse();
    assertThat(allows(policy, "fd12::1", 80)).isTrue();
    assertThat(allows(policy, "fe80::1", 80)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10.0.0.0/33",
        "::1/129",
        "10.0.0.0/x",
        "example.test/8",
        "10.0.0"
      })
  void whatIsNoNetworkIsNotRead(String text) {
    assertThat(Network.parse(text)).isEmpty();
  }
}
