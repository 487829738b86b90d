import { describe, expect, it } from "vitest";
import { decideSignUp } from "./sign-up";

describe("signing up", () => {
  it.each(["open", "invite", "closed"] as const)(
    "makes the first account the admin when sign-up is %s",
    (mode) => {
      for (const hasInvite of [true, false]) {
        expect(decideSignUp({ isFirst: true, mode, hasInvite })).toEqual({ kind: "admin" });
      }
    },
  );

  it("is for everybody when it is open", () => {
    expect(decideSignUp({ isFirst: false, mode: "open", hasInvite: false })).toEqual({
      kind: "member",
    });
  });

  it("checks an invite even where none is needed", () => {
    expect(decideSignUp({ isFirst: false, mode: "open", hasInvite: true })).toEqual({
      kind: "redeem",
    });
  });

  it("needs an invite when it is by invite", () => {
    expect(decideSignUp({ isFirst: false, mode: "invite", hasInvite: true })).toEqual({
      kind: "redeem",
    });
    expect(decideSignUp({ isFirst: false, mode: "invite", hasInvite: false })).toEqual({
      kind: "refuse",
      code: "signup_closed",
    });
  });

  it("is for nobody when it is closed, invited or not", () => {
    for (const hasInvite of [true, false]) {
      expect(decideSignUp({ isFirst: false, mode: "closed", hasInvite })).toEqual({
        kind: "refuse",
        code: "signup_closed",
      });
    }
  });
});
