import type { Reason } from "@/api/types";
import { firstOf } from "@/components/text/format";
import { useTranslation } from "@/i18n";

/** The reason for a recommendation, in words. */
export function Why({ reason }: { reason: Reason }) {
  const { t } = useTranslation("board");
  switch (reason.kind) {
    case "similar_stack":
      return t(`reason.similarStack.${reason.relation}`, {
        name: reason.username,
        count: reason.shared_skills.length,
        skills: firstOf(reason.shared_skills, 3),
      });
    case "similar_taste":
      return t(`reason.similarTaste.${reason.relation}`, {
        name: reason.username,
        project: reason.shared_projects[0]?.title,
        count: reason.shared_projects.length - 1,
        context: reason.shared_projects.length > 1 ? "more" : undefined,
      });
    case "shared_skills":
      return t("reason.sharedSkills", {
        count: reason.skills.length,
        skills: firstOf(reason.skills, 3),
      });
    case "popular":
      return t("reason.popular");
    case "new":
      return t("reason.new");
  }
}
