import { Avatar } from "@mantine/core";
import { apiUrl } from "@/api/base";

interface Props {
  name: string | undefined;
  image: string | null | undefined;
  size?: number;
}

/** A person's picture, or the first letter of the name. Decoration: the name stands beside it. */
export function UserAvatar({ name, image, size = 36 }: Props) {
  return (
    <Avatar
      src={image ? apiUrl(image) : null}
      alt=""
      name={name?.slice(0, 1) ?? ""}
      color="initials"
      size={size}
      radius="50%"
      aria-hidden="true"
    />
  );
}
