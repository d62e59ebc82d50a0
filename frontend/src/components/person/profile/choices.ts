import type { MeetTime, Region } from "@/api/types";

/** Where people are, in the order in which Korea lists its regions. */
export const REGIONS: Region[] = [
  "seoul",
  "busan",
  "daegu",
  "incheon",
  "gwangju",
  "daejeon",
  "ulsan",
  "sejong",
  "gyeonggi",
  "gangwon",
  "chungbuk",
  "chungnam",
  "jeonbuk",
  "jeonnam",
  "gyeongbuk",
  "gyeongnam",
  "jeju",
];
/** When people have time. */
export const MEET_TIMES: MeetTime[] = ["weekdays", "weekends", "any"];
