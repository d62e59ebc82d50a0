import { Anchor, Button, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { askForReset, confirmReset } from "@/api/auth";
import { FormFailure } from "@/components/form/FormFailure";
import { NewPassword } from "@/components/form/NewPassword";
import { useSubmit } from "@/components/form/useSubmit";
import { useTranslation } from "@/i18n";
import { FormPage } from "./FormPage";

/** Asks for a mail with a link and, when opened by that link, sets a new password. */
export function ResetPage() {
  const [search] = useSearchParams();
  const uid = search.get("uid");
  const token = search.get("token");
  return uid && token ? <SetPassword uid={uid} token={token} /> : <AskForMail />;
}

function AskForMail() {
  const { t } = useTranslation("auth");
  const [email, setEmail] = useState("");
  const [sent, setSent] = useState(false);
  const { busy, submit, errors, failure } = useSubmit(["email"]);

  function send(event: FormEvent) {
    event.preventDefault();
    void submit(async () => {
      await askForReset(email.trim());
      setSent(true);
    });
  }

  if (sent) {
    return (
      <FormPage title={t("reset.sentTitle")} text={t("reset.sentText", { email })}>
        <Button component={Link} to="/login" variant="light" fullWidth>
          {t("logIn.action")}
        </Button>
      </FormPage>
    );
  }
  return (
    <FormPage title={t("reset.title")} text={t("reset.text")}>
      <form onSubmit={send} noValidate>
        <Stack>
          <TextInput
            label={t("email")}
            type="email"
            name="email"
            autoComplete="username"
            required
            withAsterisk={false}
            value={email}
            error={errors.email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <FormFailure text={failure} />
          <Button type="submit" loading={busy} disabled={!email} fullWidth>
            {t("reset.action")}
          </Button>
          <Text size="sm" ta="center">
            <Anchor component={Link} to="/login" inherit>
              {t("reset.back")}
            </Anchor>
          </Text>
        </Stack>
      </form>
    </FormPage>
  );
}

function SetPassword({ uid, token }: { uid: string; token: string }) {
  const { t } = useTranslation("auth");
  const [password, setPassword] = useState("");
  const [done, setDone] = useState(false);
  const { busy, submit, errors, failure, error } = useSubmit(["password"]);
  const stale = error && (error.fields.token ?? error.fields.uid);

  function send(event: FormEvent) {
    event.preventDefault();
    void submit(async () => {
      await confirmReset({ uid, token, password });
      setDone(true);
    });
  }

  if (done) {
    return (
      <FormPage title={t("reset.doneTitle")} text={t("reset.doneText")}>
        <Button component={Link} to="/login" fullWidth>
          {t("logIn.action")}
        </Button>
      </FormPage>
    );
  }
  return (
    <FormPage title={t("reset.newTitle")}>
      <form onSubmit={send} noValidate>
        <Stack>
          <NewPassword
            label={t("reset.newPassword")}
            value={password}
            onChange={setPassword}
            error={errors.password}
          />
          <FormFailure text={stale ? t("reset.stale") : failure} />
          {stale ? (
            <Button component={Link} to="/password-reset" variant="light">
              {t("reset.again")}
            </Button>
          ) : (
            <Button type="submit" loading={busy} disabled={!password} fullWidth>
              {t("reset.set")}
            </Button>
          )}
        </Stack>
      </form>
    </FormPage>
  );
}
