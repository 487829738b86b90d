import { describe, expect, it } from "vitest";
import { alertKinds } from "@/lib/contracts/alerts";
import { checkDraft, readRecipients, toAlertKinds, type ChannelDraft } from "./alert-channel-draft";

const draft: ChannelDraft = {
  kind: "dingtalk",
  name: "Ops",
  url: "https://oapi.dingtalk.com/robot/send?access_token=1",
  secret: "",
  recipients: "",
  wants: alertKinds,
  locale: "en",
};

describe("the form of a channel", () => {
  it("sends the address, and the secret only where there is one", () => {
    const { kind, url } = draft;
    expect(checkDraft(draft, true).config).toEqual({ kind, url });
    expect(checkDraft({ ...draft, secret: " SEC1 " }, true).config).toEqual({
      kind,
      url,
      secret: "SEC1",
    });
  });

  it("sends nothing along that the kind does not have", () => {
    const slack = checkDraft({ ...draft, kind: "slack", secret: "left over" }, true);
    expect(slack.config).toEqual({ kind: "slack", url: draft.url });
  });

  it("says what is missing", () => {
    expect(checkDraft({ ...draft, name: " ", url: "", wants: [] }, true).problems).toEqual({
      name: "nameMissing",
      url: "urlMissing",
      wants: "wantsMissing",
    });
    expect(checkDraft({ ...draft, url: "oapi.dingtalk.com" }, true).problems).toEqual({
      url: "urlInvalid",
    });
    expect(checkDraft({ ...draft, url: "ftp://example.com/x" }, true).problems).toEqual({
      url: "urlInvalid",
    });
  });

  it("keeps the address of a channel that is edited, unless another one is entered", () => {
    expect(checkDraft({ ...draft, url: "" }, false)).toEqual({ problems: null, config: null });
    expect(checkDraft(draft, false).config).toEqual({ kind: draft.kind, url: draft.url });
    expect(checkDraft({ ...draft, url: "", secret: "SEC2" }, false).problems).toEqual({
      secret: "secretAlone",
    });
  });

  it("reads recipients however they are separated", () => {
    const recipients = ["a@example.com", "b@example.com", "c@example.com"];
    expect(readRecipients("a@example.com, b@example.com；c@example.com\n")).toEqual(recipients);
    const mail = { ...draft, kind: "mail", url: "", recipients: recipients.join("，") } as const;
    expect(checkDraft(mail, false).config).toEqual({ kind: "mail", recipients });
    for (const wrong of ["", "nobody", Array(21).fill("a@example.com").join(",")])
      expect(checkDraft({ ...mail, recipients: wrong }, true).problems).toEqual({
        recipients: "recipientsInvalid",
      });
  });
});

it("a channel that wants everything also gets the kinds of later versions", () => {
  expect(toAlertKinds(alertKinds)).toEqual([]);
  expect(toAlertKinds(["provider_failing", "budget"])).toEqual(["budget", "provider_failing"]);
});
