import { Box } from "@mantine/core";
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

/** "Report" and "block" alongside what one sees, read after everything else into the room kept for them. */
export function SafetyButtons({ reported, block = false }: Props) {
  return (
    <Suspense fallback={<Box h={22} w={block ? 140 : 64} />}>
      <Report reported={reported} />
      {block && reported.author && <Block username={reported.author} />}
    </Suspense>
  );
}
