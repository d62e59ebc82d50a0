import { Anchor, Button, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Link, Navigate, useNavigate, useSearchParams } from "react-router";
import { logIn } from "@/api/auth";
import { useSession } from "@/auth/session";
import { CurrentPassword } from "@/components/form/CurrentPassword";
import { FormFailure } from "@/components/form/FormFailure";
import { useSubmit } from "@/components/form/useSubmit";
import { useTranslation } from "@/i18n";
import { FormPage } from "./FormPage";
import { safeNext } from "./next";

/** Log-in by e-mail and password. */
export function LogInPage() {
  const { t } = useTranslation("auth");
  const session = useSession();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { busy, submit, errors, failure, error } = useSubmit(["email", "password"]);
  const next = safeNext(search, "/projects");

  if (session === "in" && !busy) return <Navigate to={next} replace />;

  function send(event: FormEvent) {
    event.preventDefault();
    void submit(async () => {
      await logIn({ email: email.trim(), password });
      await navigate(next, { replace: true });
    });
  }

  return (
    <FormPage title={t("logIn.title")} text={t("logIn.text")}>
      <form onSubmit={send} noValidate>
        <Stack>
          <TextInput
            label={t("email")}
            type="email"
            name="email"
            autoComplete="username"
            required
            withAsterisk={false}
            autoFocus
            value={email}
            error={errors.email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <CurrentPassword
            label={t("password")}
            name="password"
            required
            withAsterisk={false}
            value={password}
            error={errors.password}
            onChange={setPassword}
          />
          <FormFailure text={error?.status === 401 ? t("logIn.refused") : failure} />
          <Button type="submit" loading={busy} disabled={!email || !password} fullWidth>
            {t("logIn.action")}
          </Button>
          <Text size="sm" ta="center" c="dimmed">
            <Anchor component={Link} to="/password-reset" inherit>
              {t("logIn.forgot")}
            </Anchor>
            {" · "}
            <Anchor
              component={Link}
              to={`/signup${search.has("next") ? `?next=${encodeURIComponent(next)}` : ""}`}
              inherit
            >
              {t("logIn.signUp")}
            </Anchor>
          </Text>
        </Stack>
      </form>
    </FormPage>
  );
}
