import { useNavigation } from "react-router";
import classes from "./Layout.module.css";

/** A line at the top while the next screen is being read. */
export function Progress() {
  return useNavigation().state === "idle" ? null : (
    <div className={classes.progress} aria-hidden="true" />
  );
}
