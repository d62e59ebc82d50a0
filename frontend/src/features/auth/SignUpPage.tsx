import { Anchor, Button, Loader, Stack, Text, TextInput } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { Link, Navigate, useNavigate, useSearchParams } from "react-router";
import { signUp, TERMS_VERSION } from "@/api/auth";
import { useSession } from "@/auth/session";
import { FormFailure } from "@/components/form/FormFailure";
import { NewPassword } from "@/components/form/NewPassword";
import { useSubmit } from "@/components/form/useSubmit";
import { useTranslation } from "@/i18n";
import { FormPage } from "./FormPage";
import { safeNext } from "./next";
import { useAvailability } from "./useAvailability";

/** Makes an account; e-mail and nickname are checked while one types. */
export function SignUpPage() {
  const { t } = useTranslation("auth");
  const session = useSession();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [email, setEmail] = useState("");
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const { busy, submit, errors, failure } = useSubmit(["email", "username", "password"]);
  const emailState = useAvailability("email", email, !busy);
  const usernameState = useAvailability("username", username, !busy);
  const next = search.has("next")
    ? `?next=${encodeURIComponent(safeNext(search, "/projects"))}`
    : "";

  if (session === "in" && !busy) return <Navigate to={`/welcome${next}`} replace />;

  function send(event: FormEvent) {
    event.preventDefault();
    void submit(async () => {
      await signUp({
        email: email.trim(),
        username: username.trim(),
        password,
        terms_version: TERMS_VERSION,
      });
      await navigate(`/welcome${next}`, { replace: true });
    });
  }

  const problem = (field: "email" | "username", state: typeof emailState) =>
    state === "taken" || state === "invalid" ? t(`signUp.${field}.${state}`) : errors[field];
  const mark = (state: typeof emailState) =>
    state === "checking" ? (
      <Loader size={16} />
    ) : state === "free" ? (
      <IconCheck size={18} color="var(--mantine-color-teal-7)" aria-label={t("signUp.free")} />
    ) : null;

  return (
    <FormPage title={t("signUp.title")} text={t("signUp.text")}>
      <form onSubmit={send} noValidate>
        <Stack>
          <TextInput
            label={t("email")}
            type="email"
            name="email"
            autoComplete="email"
            required
            withAsterisk={false}
            autoFocus
            value={email}
            error={problem("email", emailState)}
            rightSection={mark(emailState)}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <TextInput
            label={t("username")}
            description={t("signUp.usernameHint")}
            name="username"
            autoComplete="nickname"
            maxLength={20}
            required
            withAsterisk={false}
            value={username}
            error={problem("username", usernameState)}
            rightSection={mark(usernameState)}
            onChange={(event) => setUsername(event.currentTarget.value)}
          />
          <NewPassword
            label={t("password")}
            value={password}
            onChange={setPassword}
            error={errors.password}
          />
          <FormFailure text={failure} />
          <Text size="sm" c="dimmed">
            {linked(t("signUp.agree"))}
          </Text>
          <Button
            type="submit"
            loading={busy}
            disabled={!email || !username || !password}
            fullWidth
          >
            {t("signUp.action")}
          </Button>
          <Text size="sm" ta="center" c="dimmed">
            {t("signUp.already")}{" "}
            <Anchor component={Link} to={`/login${next}`} inherit>
              {t("logIn.action")}
            </Anchor>
          </Text>
        </Stack>
      </form>
    </FormPage>
  );
}

/** A text in which `<terms>…</terms>` and `<privacy>…</privacy>` are links. */
function linked(text: string): ReactNode[] {
  const pieces = text.split(/<(terms|privacy)>(.*?)<\/\1>/);
  return pieces.map((piece, at) => {
    if (at % 3 === 0) return piece;
    if (at % 3 === 1) return null;
    const name = pieces[at - 1];
    return (
      <Anchor key={name} href={`/${name}`} target="_blank" inherit>
        {piece}
      </Anchor>
    );
  });
}
