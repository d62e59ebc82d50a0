import { Button, Group, Radio, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import type { Account, ChatPolicy, MeetTime, ProfileChange, Region } from "@/api/types";
import { useUpdateMe } from "@/api/users";
import { FormFailure } from "@/components/form/FormFailure";
import { SkillPicker } from "@/components/form/SkillPicker";
import { useSubmit } from "@/components/form/useSubmit";
import { useTranslation } from "@/i18n";
import { MEET_TIMES, REGIONS } from "./choices";
import { ProfilePicture } from "./ProfilePicture";

const CHAT_POLICIES: ChatPolicy[] = ["request", "open", "closed"];
const FIELDS = [
  "chat_policy",
  "description",
  "github_url",
  "skills",
  "region",
  "meet_time",
  "image",
];

interface Props {
  account: Account;
  submitLabel: string;
  onSaved: () => void;
  /** Asks only for what recommendations and coffee chats need. */
  brief?: boolean;
  /** Alongside the button that saves. */
  secondary?: ReactNode;
}

/** Edits my profile. */
export function ProfileForm({ account, submitLabel, onSaved, brief = false, secondary }: Props) {
  const { t } = useTranslation();
  const save = useUpdateMe();
  const [profile, setProfile] = useState<ProfileChange>(account.profile ?? {});
  const { busy, submit, errors, failure } = useSubmit(FIELDS.map((name) => `profile.${name}`));
  const change = (part: ProfileChange) => setProfile((before) => ({ ...before, ...part }));

  function send(event: FormEvent) {
    event.preventDefault();
    void submit(async () => {
      await save.mutateAsync({ profile });
      onSaved();
    });
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack>
        {!brief && (
          <ProfilePicture
            name={account.username}
            image={profile.image}
            error={errors["profile.image"]}
            onChange={(image) => change({ image })}
          />
        )}
        <SkillPicker
          label={t("profile.skills")}
          description={t("profile.skillsHint")}
          placeholder={t("skills.add")}
          maxValues={30}
          value={profile.skills ?? []}
          error={errors["profile.skills"]}
          onChange={(skills) => change({ skills })}
        />
        {!brief && (
          <>
            <Textarea
              label={t("profile.description")}
              description={t("profile.descriptionHint")}
              autosize
              minRows={3}
              maxRows={10}
              maxLength={1000}
              value={profile.description ?? ""}
              error={errors["profile.description"]}
              onChange={(event) => change({ description: event.currentTarget.value })}
            />
            <TextInput
              label={t("profile.github")}
              type="url"
              placeholder="https://github.com/…"
              maxLength={200}
              value={profile.github_url ?? ""}
              error={errors["profile.github_url"]}
              onChange={(event) => change({ github_url: event.currentTarget.value.trim() })}
            />
          </>
        )}
        <Group grow align="start" preventGrowOverflow={false}>
          <Select
            label={t("profile.region")}
            flex="1 1 150px"
            placeholder={t("profile.unset")}
            clearable
            searchable
            data={REGIONS.map((value) => ({ value, label: t(`region.${value}`) }))}
            value={profile.region || null}
            error={errors["profile.region"]}
            onChange={(value) => change({ region: (value as Region | null) ?? "" })}
          />
          <Select
            label={t("profile.meetTime")}
            flex="1 1 150px"
            placeholder={t("profile.unset")}
            clearable
            data={MEET_TIMES.map((value) => ({ value, label: t(`meetTime.${value}`) }))}
            value={profile.meet_time || null}
            error={errors["profile.meet_time"]}
            onChange={(value) => change({ meet_time: (value as MeetTime | null) ?? "" })}
          />
        </Group>
        <Radio.Group
          label={t("profile.chatPolicy.label")}
          value={profile.chat_policy ?? "request"}
          error={errors["profile.chat_policy"]}
          onChange={(value) => change({ chat_policy: value as ChatPolicy })}
        >
          <Stack gap="xs" mt={6}>
            {CHAT_POLICIES.map((policy) => (
              <Radio
                key={policy}
                value={policy}
                label={t(`profile.chatPolicy.${policy}`)}
                description={t(`profile.chatPolicy.${policy}Text`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        <FormFailure text={failure} />
        <Group justify="flex-end">
          {secondary}
          <Button type="submit" loading={busy}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
