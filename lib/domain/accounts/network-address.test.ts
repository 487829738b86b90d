import { describe, expect, it } from "vitest";
import { pickClientAddress, toSubscriber } from "./network-address";

describe("the subscriber that an address belongs to", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["192.0.2.7:51234", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::FFFF:192.0.2.7", "192.0.2.7"],
    ["::1", "0:0:0:0::/64"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0db8:0001:0002::", "2001:db8:1:2::/64"],
    ["2001:db8::5", "2001:db8:0:0::/64"],
    ["[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["unknown", "unknown"],
  ])("of %s is %s", (address, subscriber) => {
    expect(toSubscriber(address)).toBe(subscriber);
  });

  it("is never longer than a key should be", () => {
    expect(toSubscriber("x".repeat(10_000))).toHaveLength(64);
  });
});

describe("the address of a client", () => {
  it("is that of the socket when no proxy is trusted", () => {
    expect(pickClientAddress("192.0.2.7", 0)).toBe("192.0.2.7");
  });

  it("is what the trusted proxy appended, not what the client wrote before it", () => {
    expect(pickClientAddress("1.1.1.1, 192.0.2.7", 1)).toBe("192.0.2.7");
  });

  it("lies behind as many entries as there are proxies", () => {
    expect(pickClientAddress("1.1.1.1, 192.0.2.7, 10.0.0.2", 2)).toBe("192.0.2.7");
  });

  it("is the farthest known when the chain is shorter than it should be", () => {
    expect(pickClientAddress("192.0.2.7", 3)).toBe("192.0.2.7");
  });

  it("is unknown without a chain", () => {
    expect(pickClientAddress(null, 0)).toBe("unknown");
    expect(pickClientAddress(" , ", 1)).toBe("unknown");
  });
});
