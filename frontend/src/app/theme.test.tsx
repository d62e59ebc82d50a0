import { Drawer, MantineProvider, Modal } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { theme } from "./theme";

test.each([Modal, Drawer])("the title bar of a dialog is no landmark", (Dialog) => {
  render(
    <MantineProvider theme={theme} env="test">
      <Dialog opened onClose={() => {}} title="정말 삭제할까요?" />
    </MantineProvider>,
  );
  expect(screen.getByRole("dialog", { name: "정말 삭제할까요?" })).toBeInTheDocument();
  expect(screen.queryByRole("banner")).not.toBeInTheDocument();
});
