// Mantine's own styles first, so that ours win where both say something.
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css";
import "./global.css";
