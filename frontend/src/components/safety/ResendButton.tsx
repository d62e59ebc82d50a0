import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { resendVerification } from "@/api/auth";
import { notify } from "@/components/feedback/notify";
import { useErrorText } from "@/components/feedback/useErrorText";
import { useTranslation } from "@/i18n";

/** Has the link that confirms my address mailed once more. */
export function ResendButton({ fullWidth = false }: { fullWidth?: boolean }) {
  const { t } = useTranslation("email");
  const errorText = useErrorText();
  const resend = useMutation({
    mutationFn: resendVerification,
    onSuccess: () => void notify(t("resent")),
    onError: (error) => void notify(errorText(error), "failed"),
  });
  return (
    <Button
      size={fullWidth ? "sm" : "compact-sm"}
      variant="light"
      fullWidth={fullWidth}
      loading={resend.isPending}
      disabled={resend.isSuccess}
      onClick={() => resend.mutate()}
    >
      {t("resend")}
    </Button>
  );
}
