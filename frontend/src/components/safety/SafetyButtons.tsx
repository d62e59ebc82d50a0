import { lazy, Suspense } from "react";
import i18n from "@/i18n";
import type { Reported } from "./ReportDialog";

const texts = () => i18n.loadNamespaces("safety");

const Report = lazy(async () => {
  const [module] = await Promise.all([import("./ReportButton"), texts()]);
  return { default: module.ReportButton };
});
const Block = lazy(async () => {
  const [module] = await Promise.all([import("./BlockButton"), texts()]);
  return { default: module.BlockButton };
});

interface Props {
  reported: Reported;
  /** Offer to block the author as well. */
  block?: boolean;
}

/** "Report" and "block" alongside what one sees, read after everything else. */
export function SafetyButtons({ reported, block = false }: Props) {
  return (
    <Suspense fallback={null}>
      <Report reported={reported} />
      {block && reported.author && <Block username={reported.author} />}
    </Suspense>
  );
}
