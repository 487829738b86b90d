import { describe, expect, it } from "vitest";
import { judgeAddress, judgeBaseUrl } from "./address-policy";

const nothing = { allowedHosts: [] };
const embedded = { allowedHosts: ["localhost", "127.0.0.1"] };

const refusal = (url: string, policy: { allowedHosts: string[] } = nothing) => {
  const verdict = judgeBaseUrl(url, policy);
  return verdict.isAllowed ? "allowed" : verdict.reason;
};

// Addresses that lead to no public host, in IPv4 and IPv6.
const innerAddresses = [
  "0.0.0.0",
  "0.1.2.3",
  "10.0.0.1",
  "10.255.255.255",
  "100.64.0.1",
  "100.100.100.200",
  "100.127.255.255",
  "127.0.0.1",
  "127.255.255.254",
  "168.63.129.16",
  "169.254.0.1",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.1",
  "192.0.2.1",
  "192.88.99.1",
  "192.168.0.1",
  "192.168.255.255",
  "198.18.0.1",
  "198.19.255.255",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "239.255.255.255",
  "240.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::127.0.0.1",
  "::7f00:1",
  "::ffff:7f00:1",
  "::ffff:10.0.0.1",
  "::ffff:169.254.169.254",
  "::ffff:0:127.0.0.1",
  "64:ff9b::a9fe:a9fe",
  "64:ff9b::7f00:1",
  "64:ff9b:1::1",
  "64:ff9b:1::a9fe:a9fe",
  "100::1",
  "2001::1",
  "2001:db8::1",
  "2002:7f00:1::",
  "3fff::1",
  "3fff:fff::1",
  "5f00::1",
  "fc00::1",
  "fd00::1",
  "fd00:ec2::254",
  "fdff:ffff::1",
  "fe80::1",
  "febf::1",
  "fec0::1",
  "ff00::1",
  "ff02::1",
];

const publicAddresses = ["1.1.1.1", "8.8.8.8", "100.63.255.255", "172.15.0.1", "172.32.0.1"];
const publicAddresses6 = ["2606:4700::6810:84e5", "2a00:1450:4001:829::200e", "64:ff9b::808:808"];

describe("a provider's base URL", () => {
  it.each([
    "https://api.openai.com/v1",
    "https://api.deepseek.com",
    "https://ark.cn-beijing.volces.com/api/v3",
    "https://llm.example.com:8443/v1",
    "https://1.1.1.1/v1",
    "https://[2606:4700::6810:84e5]/v1",
    "https://xn--fsq.example/v1",
    "https://api.openai.com/${AUTH_SECRET}/{{env.X}}",
  ])("may be public over https: %s", (url) => {
    expect(refusal(url)).toBe("allowed");
  });

  it.each([...innerAddresses])("may not be the inner address %s", (address) => {
    const host = address.includes(":") ? `[${address}]` : address;
    expect(refusal(`https://${host}/v1`)).toBe("private");
    expect(refusal(`http://${host}:8080/v1`)).toBe("private");
  });

  it.each([
    "localhost",
    "localhost.",
    "LOCALHOST",
    "a.localhost",
    "x.local",
    "nas.lan",
    "db.internal",
    "metadata.google.internal",
    "printer.home.arpa",
    "ollama",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "127.1",
    "0",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
  ])("may not be a name or spelling of this network: %s", (host) => {
    expect(refusal(`https://${host}/v1`)).toBe("private");
  });

  it.each([
    ["http://api.openai.com@127.0.0.1/v1", "credentials"],
    ["https://user:secret@api.openai.com/v1", "credentials"],
    ["https://@api.openai.com/v1", "credentials"],
    ["https://api.openai.com/v1?key=1", "query"],
    ["https://api.openai.com/v1#x", "query"],
    ["https://api.openai.com/\t/v1", "unreadable"],
    ["https://api.openai.com\r\nX: y/v1", "unreadable"],
    ["https://api.openai.com\\@127.0.0.1/", "unreadable"],
    ["https://${AUTH_SECRET}/v1", "unreadable"],
    ["https://{{env.X}}/v1", "unreadable"],
    ["https://%7B%7Benv.X%7D%7D/v1", "unreadable"],
    ["https://999.1.1.1/v1", "unreadable"],
    ["https://[::g]/v1", "unreadable"],
    ["https:///", "unreadable"],
    ["//api.openai.com", "unreadable"],
    ["api.openai.com", "unreadable"],
    ["", "unreadable"],
    ["file:///etc/passwd", "scheme"],
    ["gopher://api.openai.com/", "scheme"],
    ["data:text/plain,hello", "scheme"],
    ["javascript:alert(1)", "scheme"],
    ["ftp://api.openai.com/", "scheme"],
    ["ws://api.openai.com/", "scheme"],
    ["http://api.openai.com/v1", "not_https"],
    ["http://1.1.1.1/v1", "not_https"],
    ["https://api.openai.com:22/", "port"],
    ["https://api.openai.com:25/", "port"],
    ["https://api.openai.com:5432/", "port"],
    ["https://api.openai.com:6379/", "port"],
  ])("is refused when it is %j", (url, reason) => {
    expect(refusal(url)).toBe(reason);
  });

  it("may be a host that the operator has listed, also over http", () => {
    expect(refusal("http://localhost:11434/v1", embedded)).toBe("allowed");
    expect(refusal("http://127.0.0.1:1234/v1", embedded)).toBe("allowed");
    expect(refusal("http://127.1:1234/v1", embedded)).toBe("allowed");
    expect(refusal("http://ollama:11434/v1", { allowedHosts: ["ollama"] })).toBe("allowed");
    expect(refusal("http://[::1]:1234", { allowedHosts: ["[::1]"] })).toBe("allowed");
  });

  it("may not be another host because one is listed", () => {
    expect(refusal("http://127.0.0.2:11434/v1", embedded)).toBe("private");
    expect(refusal("http://[::1]:11434/v1", embedded)).toBe("private");
    expect(refusal("http://localhost.evil.example/v1", embedded)).toBe("not_https");
    expect(refusal("http://localhost@evil.example/v1", embedded)).toBe("credentials");
  });

  it("is held to the port that the operator has listed, and that port may be any", () => {
    const policy = { allowedHosts: ["10.0.0.5:8000", "10.0.0.6:5432", "vllm:80"] };
    expect(refusal("http://10.0.0.5:8000/v1", policy)).toBe("allowed");
    expect(refusal("http://10.0.0.5:8001/v1", policy)).toBe("private");
    expect(refusal("http://10.0.0.6:5432/v1", policy)).toBe("allowed");
    expect(refusal("http://vllm/v1", policy)).toBe("allowed");
    expect(refusal("https://vllm/v1", policy)).toBe("private");
  });

  it.each([22, 25, 5432, 6379])("may not be port %i of a host listed without port", (port) => {
    expect(refusal(`http://localhost:${String(port)}/`, embedded)).toBe("port");
  });
});

describe("the address that a connection goes to", () => {
  const judge = (address: string, hostname: string, allowedHosts: string[] = [], port = 443) =>
    judgeAddress(address, { hostname, port, allowedHosts }).isAllowed;

  it.each([...publicAddresses, ...publicAddresses6])("may be the public %s", (address) => {
    expect(judge(address, "api.openai.com")).toBe(true);
  });

  it.each(innerAddresses)("may not be the inner %s behind a public name", (address) => {
    expect(judge(address, "rebound.example", ["localhost", "127.0.0.1"])).toBe(false);
  });

  it.each(["", "not an address", "1.2.3", "127.0.0.1:80"])("may not be %j", (address) => {
    expect(judge(address, "api.openai.com")).toBe(false);
  });

  it("may be private behind a listed name", () => {
    expect(judge("127.0.0.1", "localhost", ["localhost"])).toBe(true);
    expect(judge("::1", "localhost", ["localhost"])).toBe(true);
    expect(judge("172.18.0.3", "ollama", ["ollama:11434"], 11434)).toBe(true);
    expect(judge("172.18.0.3", "ollama", ["ollama:11434"], 80)).toBe(false);
  });

  it.each(["169.254.169.254", "fe80::1", "fd00:ec2::254", "100.100.100.200", "0.0.0.0", "ff02::1"])(
    "may not be %s behind a listed name",
    (address) => {
      expect(judge(address, "ollama", ["ollama"])).toBe(false);
    },
  );

  it("may be an address that the operator has written out", () => {
    expect(judge("169.254.1.1", "169.254.1.1", ["169.254.1.1"])).toBe(true);
    expect(judge("::1", "::1", ["[::1]"])).toBe(true);
    expect(judge("10.0.0.1", "10.0.0.1", ["10.0.0.1:80"])).toBe(false);
  });
});
