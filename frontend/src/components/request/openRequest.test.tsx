import { act, renderHook } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import {
  askAbout,
  closeRequest,
  keepRequest,
  openRequest,
  resumeRequest,
  useOpenRequest,
} from "./openRequest";

afterEach(() => {
  act(closeRequest);
  sessionStorage.clear();
});

const written = {
  partner: { username: "minji", image: null },
  project: { id: 7, title: "알람" },
  message: "궁금해요",
};

it("is about the project whose card it was opened from", () => {
  const { result } = renderHook(useOpenRequest);
  expect(result.current).toBeNull();
  act(() => askAbout({ id: 7, title: "알람", author: { username: "minji", image: null } }));
  expect(result.current).toEqual({ ...written, message: "" });
  act(() => openRequest({ partner: { username: "jun" } }));
  expect(result.current).toEqual({ partner: { username: "jun" }, project: null, message: "" });
});

it("waits, with what a visitor wrote, until they have logged in, and comes back once", () => {
  const { result } = renderHook(useOpenRequest);
  act(() => openRequest(written));
  act(() => keepRequest(written));
  expect(result.current).toBeNull();
  act(resumeRequest);
  expect(result.current).toEqual(written);
  act(closeRequest);
  act(resumeRequest);
  expect(result.current).toBeNull();
});

it("opens nothing for what is no request", () => {
  const { result } = renderHook(useOpenRequest);
  sessionStorage.setItem("sidepro.request", "{broken");
  act(resumeRequest);
  expect(result.current).toBeNull();
});
