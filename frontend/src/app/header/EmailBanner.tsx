import { lazy, Suspense } from "react";
import { useMe } from "@/api/users";
import i18n from "@/i18n";

const Banner = lazy(async () => {
  const [module] = await Promise.all([import("./EmailBannerText"), i18n.loadNamespaces("email")]);
  return { default: module.EmailBannerText };
});

/** Reminds of the mailed link while something waits for it; read only by those it concerns. */
export function EmailBanner() {
  const { data: me } = useMe();
  if (!me?.must_verify_email) return null;
  return (
    <Suspense fallback={null}>
      <Banner email={me.pending_email || me.email} />
    </Suspense>
  );
}
