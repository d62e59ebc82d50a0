import type { components } from "./http/schema";

type Schemas = components["schemas"];

export type Account = Schemas["Account"];
export type AccountChange = Schemas["PatchedAccountRequest"];
export type ChatPolicy = Schemas["ChatPolicyEnum"];
export type Comment = Schemas["Comment"];
export type Person = Schemas["Person"];
export type Profile = Schemas["Profile"];
export type ProfileChange = Schemas["ProfileRequest"];
export type Picture = Schemas["Picture"];
export type Project = Schemas["Project"];
export type ProjectCard = Schemas["ProjectCard"];
export type ProjectDraft = Schemas["ProjectRequest"];
export type PublicUser = Schemas["PublicUser"];
export type Reason = Schemas["Reason"];
export type Recommendations = Schemas["Recommendations"];
export type Region = Schemas["RegionEnum"];
export type MeetTime = Schemas["MeetTimeEnum"];
export type Stage = NonNullable<Schemas["ProjectCard"]["stage"]>;
export type Room = Schemas["Room"];
export type SkillPage = Schemas["SkillPage"];
