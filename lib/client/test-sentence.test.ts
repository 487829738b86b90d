import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { findCertificateFault } from "@/lib/domain/errors/certificate-fault";
import en from "@/messages/en/setup.json";
import zh from "@/messages/zh-CN/setup.json";
import { chooseTestSentence } from "./test-sentence";

const languages = { en, "zh-CN": zh };

const codes = {
  expired: "CERT_HAS_EXPIRED",
  self_signed: "DEPTH_ZERO_SELF_SIGNED_CERT",
  unknown_issuer: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  wrong_host: "ERR_TLS_CERT_ALTNAME_INVALID",
  handshake: "ERR_SSL_WRONG_VERSION_NUMBER",
};

describe.each(["en", "zh-CN"] as const)("what is wrong with a connection, in %s", (locale) => {
  const translate = createTranslator({
    locale,
    messages: { setup: languages[locale] },
    namespace: "setup.tests",
    onError: (error) => {
      throw error;
    },
  });

  it("has a sentence of its own for each fault of a certificate", () => {
    const sentences = Object.entries(codes).map(([fault, code]) => {
      expect(findCertificateFault(["SOMETHING", code])).toBe(fault);
      return chooseTestSentence("provider_certificate_refused", { fault });
    });
    const said = sentences.map((sentence) => translate(sentence ?? "provider_failed"));
    expect(new Set([...said, translate("provider_certificate_refused")]).size).toBe(6);
    for (const sentence of said) expect(sentence).toMatch(/[.。]$/);
  });

  it("does not speak of a certificate where there is none", () => {
    const sentence = chooseTestSentence("provider_certificate_refused", { fault: "handshake" });
    expect(translate(sentence ?? "provider_failed")).not.toMatch(/certificate|证书/);
    expect(translate(sentence ?? "provider_failed")).toContain("https");
  });

  it("names every reason when no fault is known", () => {
    const sentence = chooseTestSentence("provider_certificate_refused", { fault: "a new one" });
    expect(sentence).toBe("provider_certificate_refused");
    expect(chooseTestSentence("provider_certificate_refused", null)).toBe(sentence);
  });
});

describe("other failures of a connection", () => {
  it("have their sentences, whatever their details are called", () => {
    expect(chooseTestSentence("provider_failed", { fault: "expired" })).toBe("provider_failed");
    expect(chooseTestSentence("provider_address_refused", { reason: "private" })).toBe(
      "addressReasons.private",
    );
    expect(chooseTestSentence("provider_redirected", null)).toBe("addressReasons.redirect");
    expect(chooseTestSentence("rate_limited", null)).toBeNull();
  });
});
