"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { callApi, toApiError } from "@/lib/client/api";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { showToast } from "@/lib/client/toasts";
import { usersPageSchema, type User, type UsersPage } from "@/lib/contracts/accounts";
import { MemberRow } from "./member-row";

type Props = { userId: string; initial: UsersPage };

/** Everybody with an account, the newest first, page by page. */
export function MemberList({ userId, initial }: Props) {
  const translate = useTranslations("settings.people");
  const sayError = useErrorSentence();
  const [{ users, cursor }, setPage] = useState(initial);
  const [isBusy, setIsBusy] = useState(false);

  const loadMore = async (after: string) => {
    setIsBusy(true);
    try {
      const path = `/api/admin/users?cursor=${encodeURIComponent(after)}`;
      const next = await callApi("GET", path, { schema: usersPageSchema });
      setPage((page) => ({ users: [...page.users, ...next.users], cursor: next.cursor }));
    } catch (error) {
      const { code, details } = toApiError(error);
      showToast({ text: sayError(code, details), kind: "error" });
    }
    setIsBusy(false);
  };
  const replace = (changed: User) => {
    setPage((page) => ({
      ...page,
      users: page.users.map((user) => (user.id === changed.id ? changed : user)),
    }));
  };

  return (
    <>
      <ul className="divide-y divide-line">
        {users.map((user) => (
          <MemberRow key={user.id} user={user} isSelf={user.id === userId} onChanged={replace} />
        ))}
      </ul>
      {cursor !== null && (
        <div className="py-4">
          <Button isBusy={isBusy} onClick={() => void loadMore(cursor)}>
            {translate("loadMore")}
          </Button>
        </div>
      )}
    </>
  );
}
