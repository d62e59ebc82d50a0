import { Menu, UnstyledButton } from "@mantine/core";
import { IconLogout, IconUser } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { signOut } from "@/auth/session";
import { useMe } from "@/auth/useMe";
import { UserAvatar } from "@/components/UserAvatar";

/** My picture, and behind it my page and the way out. */
export function AccountMenu() {
  const { t } = useTranslation();
  const { data: me } = useMe();
  const navigate = useNavigate();

  async function leave() {
    await signOut();
    await navigate("/");
  }

  return (
    <Menu position="bottom-end" width={220} withinPortal>
      <Menu.Target>
        <UnstyledButton aria-label={t("nav.account")} style={{ borderRadius: "50%" }}>
          <UserAvatar name={me?.username} image={me?.profile?.image} size={34} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {me && <Menu.Label>{me.username}</Menu.Label>}
        <Menu.Item
          component={Link}
          to="/me"
          leftSection={<IconUser size={16} aria-hidden="true" />}
        >
          {t("nav.me")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden="true" />}
          onClick={() => void leave()}
        >
          {t("nav.logOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
