"""The calls beyond sending, a class a gateway.

Written by bindings/python/generate.py from core/engine/schemas.
"""

# fmt: off
from __future__ import annotations

from wamux._messages import AsyncMessages, Messages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal

    from wamux._native import (
        AboutText,
        AcceptedMessage,
        ActionsQueue,
        AsyncClient,
        AsyncDownload,
        BanSettings,
        BanVerdict,
        BusinessProfile,
        ChatRead,
        CheckedContacts,
        CheckedPhone,
        ClearedActions,
        ClearedMessages,
        Client,
        Dialogs,
        Download,
        GroupChange,
        GroupDetails,
        GroupEntry,
        GroupInvite,
        Groups,
        InstanceOrder,
        InstanceSettings,
        InstanceStatus,
        InstanceStatuses,
        InstanceWebhook,
        MessageHistory,
        MessagePage,
        MessagesQueue,
        ProfilePhotoLink,
        QueuedGroup,
        StickerDetails,
        StickerEntry,
        StickerPackDetails,
        StickerPackEntry,
        StickerPacks,
        Stickers,
        UpdatedSettings,
        UploadedMedia,
        WebhookDelivery,
        WebhookTarget,
        _AsyncSource,
        _Source,
    )


class TujengeCalls:
    """The calls of tujenge beyond sending: `client.tujenge` of `Client`."""

    __slots__ = ("_client",)

    def __init__(self, client: Client) -> None:
        """Take the client that makes the calls."""
        self._client = client

    def mark_as_read(self, *, message_id: str) -> None:
        """Marks an incoming message as read, and those before it: the sender sees two blue ticks.

        It can be done within 30 days.

        Args:
            message_id: The id of the message, as its event has it.
        """
        self._client._call("tujenge", "mark_as_read", {"message_id": message_id})

    def check_contacts(self, *, contacts: Sequence[str], blocking: Literal["no_wait", "wait"] | None = None, force_check: bool | None = None) -> CheckedContacts:
        """Asks for the WhatsApp ids of phone numbers.

        Since version 2.43 of the API every number is told to be `valid`, and gets an id: the answer does not prove any
        more that somebody has WhatsApp, so nothing should depend on it. There must not be more of these calls than
        messages.

        Args:
            contacts: The phone numbers, in any form; at least one. A WhatsApp id needs a plus sign before it: without
                one, the region may read its digits as a number in national form.
            blocking: Whether the answer waits until all numbers are looked up; by default it does not.
            force_check: Whether numbers that were looked up before are looked up again; by default they are not.

        Returns:
            What is known of phone numbers.

        >>> from wamux import Client
        >>> from wamux.testing import Sandbox
        >>> with Sandbox() as sandbox, Client("tujenge", **sandbox.settings("tujenge")) as client:
        ...     checked = client.tujenge.check_contacts(contacts=["+255 712 345 678"], blocking="wait")
        >>> [(contact.status, contact.wa_id) for contact in checked.contacts]
        [('valid', '255712345678')]
        """
        output: CheckedContacts = self._client._call("tujenge", "check_contacts", {"contacts": contacts, "blocking": blocking, "force_check": force_check})
        return output

    def block_contact(self, *, phone: str, reason: str | None = None) -> None:
        """Blocks a person from writing to the number.

        Only somebody who wrote within the last day can be blocked (code 2048 otherwise).

        Args:
            phone: The person's WhatsApp id, which stays as it is: 1 to 15 digits, with a plus sign or without. A text
                with spaces, brackets or dashes is read as a phone number.
            reason: Why; at most 60 characters.
        """
        self._client._call("tujenge", "block_contact", {"phone": phone, "reason": reason})

    def unblock_contact(self, *, phone: str) -> None:
        """Lets a person who was blocked write again.

        Args:
            phone: The person's WhatsApp id, which stays as it is: 1 to 15 digits, with a plus sign or without. A text
                with spaces, brackets or dashes is read as a phone number.
        """
        self._client._call("tujenge", "unblock_contact", {"phone": phone})

    def upload_media(self, source: _Source, *, mime_type: str) -> UploadedMedia:
        """Uploads a file, for messages to refer to by its id. WhatsApp keeps it for 14 days.

        The MIME type says what it can be sent as: pictures have at most 5 MiB, audio and video 16 MiB, stickers
        (`image/webp`) 100 KiB, and any other file, which is a document, 100 MiB.

        Args:
            source: What is uploaded: bytes, the path of a file, a binary file object.
            mime_type: The MIME type of the file, such as `image/jpeg`.

        Returns:
            A file at the gateway.

        >>> from wamux import Client
        >>> from wamux.message import Media
        >>> from wamux.testing import Sandbox
        >>> with Sandbox() as sandbox, Client("tujenge", **sandbox.settings("tujenge")) as client:
        ...     media = client.tujenge.upload_media(b"%PDF-1.7", mime_type="application/pdf")
        ...     receipt = client.send(to="+255 712 345 678", document=Media(id=media.id))
        >>> receipt.status
        'accepted'
        """
        output: UploadedMedia = self._client._call("tujenge", "upload_media", {"mime_type": mime_type}, source)
        return output

    def download_media(self, *, media_id: str) -> Download:
        """Downloads a file: one that was uploaded, or that came in with a message.

        Args:
            media_id: The id of the file.

        Returns:
            The file, whose bytes are read as they come.

        >>> import tempfile
        >>> from wamux import Client
        >>> from wamux.testing import Sandbox
        >>> with Sandbox() as sandbox, Client("tujenge", **sandbox.settings("tujenge")) as client:
        ...     media = client.tujenge.upload_media(b"%PDF-1.7", mime_type="application/pdf")
        ...     with tempfile.TemporaryDirectory() as folder:
        ...         client.tujenge.download_media(media_id=media.id).save(f"{folder}/price list.pdf")
        8
        """
        output: Download = self._client._call("tujenge", "download_media", {"media_id": media_id})
        return output

    def delete_media(self, *, media_id: str) -> None:
        """Deletes a file at the gateway.

        Args:
            media_id: The id of the file.
        """
        self._client._call("tujenge", "delete_media", {"media_id": media_id})

    def list_groups(self) -> Groups:
        """Lists the groups that the number is in.

        Meta has withdrawn groups from the API: only hosts of older versions have them.

        Returns:
            Groups.
        """
        output: Groups = self._client._call("tujenge", "list_groups", {})
        return output

    def create_group(self, *, subject: str) -> GroupEntry:
        """Creates a group. People join by its invitation, which `get_group_invite` gets.

        Meta has withdrawn groups from the API: only hosts of older versions have them.

        Args:
            subject: What the group is called; at most 25 characters.

        Returns:
            A group in a list, or one that was created.
        """
        output: GroupEntry = self._client._call("tujenge", "create_group", {"subject": subject})
        return output

    def get_group(self, *, group_id: str) -> GroupDetails:
        """Gets what a group is called, and who is in it.

        Meta has withdrawn groups from the API: only hosts of older versions have them.

        Args:
            group_id: The id of the group.

        Returns:
            What a group is. People are told by their WhatsApp ids.
        """
        output: GroupDetails = self._client._call("tujenge", "get_group", {"group_id": group_id})
        return output

    def update_group(self, *, group_id: str, subject: str) -> None:
        """Changes what a group is called.

        Meta has withdrawn groups from the API: only hosts of older versions have them.

        Args:
            group_id: The id of the group.
            subject: What the group is called; at most 25 characters.
        """
        self._client._call("tujenge", "update_group", {"group_id": group_id, "subject": subject})

    def get_group_invite(self, *, group_id: str) -> GroupInvite:
        """Gets the link by which people join a group.

        Meta has withdrawn groups from the API: only hosts of older versions have them.

        Args:
            group_id: The id of the group.

        Returns:
            The link by which people join a group.
        """
        output: GroupInvite = self._client._call("tujenge", "get_group_invite", {"group_id": group_id})
        return output

    def revoke_group_invite(self, *, group_id: str) -> None:
        """Revokes the link by which people join a group: nobody can join by it any more.

        Meta has withdrawn groups from the API: only hosts of older versions have them.

        Args:
            group_id: The id of the group.
        """
        self._client._call("tujenge", "revoke_group_invite", {"group_id": group_id})

    def remove_group_participants(self, *, group_id: str, wa_ids: Sequence[str]) -> None:
        """Takes people out of a group.

        Only an administrator of the group may do it. Meta has withdrawn groups from the API: only hosts of older
        versions have them.

        Args:
            group_id: The id of the group.
            wa_ids: Their WhatsApp ids, which stay as they are: 1 to 15 digits, with a plus sign or without. A text with
                spaces, brackets or dashes is read as a phone number. At least one.
        """
        self._client._call("tujenge", "remove_group_participants", {"group_id": group_id, "wa_ids": wa_ids})

    def leave_group(self, *, group_id: str) -> None:
        """Leaves a group.

        Meta has withdrawn groups from the API: only hosts of older versions have them.

        Args:
            group_id: The id of the group.
        """
        self._client._call("tujenge", "leave_group", {"group_id": group_id})

    def get_group_icon(self, *, group_id: str) -> Download:
        """Downloads the picture of a group.

        Meta has withdrawn groups from the API: only hosts of older versions have them.

        Args:
            group_id: The id of the group.

        Returns:
            The file, whose bytes are read as they come.
        """
        output: Download = self._client._call("tujenge", "get_group_icon", {"group_id": group_id})
        return output

    def set_group_icon(self, source: _Source, *, group_id: str, mime_type: str) -> None:
        """Sets the picture of a group: JPEG or PNG of at most 5 MiB.

        Meta has withdrawn groups from the API: only hosts of older versions have them.

        Args:
            source: What is uploaded: bytes, the path of a file, a binary file object.
            group_id: The id of the group.
            mime_type: The MIME type of the picture: `image/jpeg` or `image/png`.
        """
        self._client._call("tujenge", "set_group_icon", {"group_id": group_id, "mime_type": mime_type}, source)

    def delete_group_icon(self, *, group_id: str) -> None:
        """Deletes the picture of a group.

        Meta has withdrawn groups from the API: only hosts of older versions have them.

        Args:
            group_id: The id of the group.
        """
        self._client._call("tujenge", "delete_group_icon", {"group_id": group_id})

    def add_group_admins(self, *, group_id: str, wa_ids: Sequence[str]) -> None:
        """Makes people administrators of a group.

        Only an administrator of the group may do it. Meta has withdrawn groups from the API: only hosts of older
        versions have them.

        Args:
            group_id: The id of the group.
            wa_ids: Their WhatsApp ids, which stay as they are: 1 to 15 digits, with a plus sign or without. A text with
                spaces, brackets or dashes is read as a phone number. At least one.
        """
        self._client._call("tujenge", "add_group_admins", {"group_id": group_id, "wa_ids": wa_ids})

    def remove_group_admins(self, *, group_id: str, wa_ids: Sequence[str]) -> None:
        """Makes administrators of a group ordinary participants.

        Only an administrator of the group may do it. Meta has withdrawn groups from the API: only hosts of older
        versions have them.

        Args:
            group_id: The id of the group.
            wa_ids: Their WhatsApp ids, which stay as they are: 1 to 15 digits, with a plus sign or without. A text with
                spaces, brackets or dashes is read as a phone number. At least one.
        """
        self._client._call("tujenge", "remove_group_admins", {"group_id": group_id, "wa_ids": wa_ids})

    def get_business_profile(self) -> BusinessProfile:
        """Gets the business profile.

        Returns:
            A business profile. What is not set is absent, or empty.
        """
        output: BusinessProfile = self._client._call("tujenge", "get_business_profile", {})
        return output

    def update_business_profile(self, *, address: str | None = None, description: str | None = None, email: str | None = None, vertical: str | None = None, websites: Sequence[str] | None = None) -> None:
        """Changes the business profile.

        What is left out stays as it is, since version 2.23 of the API.

        Args:
            address: The address; at most 256 characters.
            description: What the business is; at most 256 characters.
            email: The email address; at most 128 characters.
            vertical: The industry: one of `Automotive`, `Beauty, Spa and Salon`, `Clothing and Apparel`, `Education`,
                `Entertainment`, `Event Planning and Service`, `Finance and Banking`, `Food and Grocery`, `Public
                Service`, `Hotel and Lodging`, `Medical and Health`, `Non-profit`, `Professional Services`, `Shopping
                and Retail`, `Travel and Transportation`, `Restaurant`, `Other`, or an empty text; once it is set it
                cannot be emptied again.
            websites: The web pages: at most two http or https URLs, of at most 256 characters each; they replace those
                that are set.
        """
        self._client._call("tujenge", "update_business_profile", {"address": address, "description": description, "email": email, "vertical": vertical, "websites": websites})

    def get_about(self) -> AboutText:
        """Gets the text of the profile.

        Returns:
            The text of a profile.
        """
        output: AboutText = self._client._call("tujenge", "get_about", {})
        return output

    def set_about(self, *, text: str) -> None:
        """Sets the text of the profile.

        Args:
            text: The text; at most 139 characters.
        """
        self._client._call("tujenge", "set_about", {"text": text})

    def get_profile_photo(self) -> Download:
        """Downloads the picture of the profile.

        Returns:
            The file, whose bytes are read as they come.
        """
        output: Download = self._client._call("tujenge", "get_profile_photo", {})
        return output

    def get_profile_photo_link(self) -> ProfilePhotoLink:
        """Gets the address of the profile's picture.

        Returns:
            Where the picture of a profile is.
        """
        output: ProfilePhotoLink = self._client._call("tujenge", "get_profile_photo_link", {})
        return output

    def set_profile_photo(self, source: _Source, *, mime_type: str) -> None:
        """Sets the picture of the profile: JPEG or PNG of at most 5 MiB.

        It should be square, with edges from 192 to 640 pixels, which is not checked here.

        Args:
            source: What is uploaded: bytes, the path of a file, a binary file object.
            mime_type: The MIME type of the picture: `image/jpeg` or `image/png`.
        """
        self._client._call("tujenge", "set_profile_photo", {"mime_type": mime_type}, source)

    def delete_profile_photo(self) -> None:
        """Deletes the picture of the profile.
        """
        self._client._call("tujenge", "delete_profile_photo", {})

    def list_sticker_packs(self, *, namespace: Literal["whatsapp"] | None = None) -> StickerPacks:
        """Lists the packs of stickers.

        Args:
            namespace: Whose packs; by default those that were created here.

        Returns:
            Packs of stickers.
        """
        output: StickerPacks = self._client._call("tujenge", "list_sticker_packs", {"namespace": namespace})
        return output

    def create_sticker_pack(self, *, publisher: str, name: str, ios_app_store_link: str | None = None, android_app_store_link: str | None = None) -> StickerPackEntry:
        """Creates a pack of stickers, which has none yet.

        Args:
            publisher: Who publishes the pack.
            name: The name of the pack.
            ios_app_store_link: Where the pack's app for iOS is: an http or https URL.
            android_app_store_link: Where the pack's app for Android is: an http or https URL.

        Returns:
            A pack of stickers in a list, or one that was created.
        """
        output: StickerPackEntry = self._client._call("tujenge", "create_sticker_pack", {"publisher": publisher, "name": name, "ios_app_store_link": ios_app_store_link, "android_app_store_link": android_app_store_link})
        return output

    def get_sticker_pack(self, *, sticker_pack_id: str, namespace: Literal["whatsapp"] | None = None) -> StickerPackDetails:
        """Gets what a pack of stickers is called and who publishes it.

        Args:
            sticker_pack_id: The id of the pack.
            namespace: Whose pack it is; by default one that was created here.

        Returns:
            What a pack of stickers is.
        """
        output: StickerPackDetails = self._client._call("tujenge", "get_sticker_pack", {"sticker_pack_id": sticker_pack_id, "namespace": namespace})
        return output

    def update_sticker_pack(self, *, sticker_pack_id: str, publisher: str | None = None, name: str | None = None, ios_app_store_link: str | None = None, android_app_store_link: str | None = None) -> None:
        """Changes what a pack of stickers is called and who publishes it. What is left out stays as it is.

        Args:
            sticker_pack_id: The id of the pack.
            publisher: Who publishes the pack.
            name: The name of the pack.
            ios_app_store_link: Where the pack's app for iOS is: an http or https URL.
            android_app_store_link: Where the pack's app for Android is: an http or https URL.
        """
        self._client._call("tujenge", "update_sticker_pack", {"sticker_pack_id": sticker_pack_id, "publisher": publisher, "name": name, "ios_app_store_link": ios_app_store_link, "android_app_store_link": android_app_store_link})

    def delete_sticker_pack(self, *, sticker_pack_id: str) -> None:
        """Deletes a pack of stickers.

        Args:
            sticker_pack_id: The id of the pack.
        """
        self._client._call("tujenge", "delete_sticker_pack", {"sticker_pack_id": sticker_pack_id})

    def list_stickers(self, *, sticker_pack_id: str, namespace: Literal["whatsapp"] | None = None) -> Stickers:
        """Lists the stickers of a pack.

        Args:
            sticker_pack_id: The id of the pack.
            namespace: Whose pack it is; by default one that was created here.

        Returns:
            The stickers of a pack.
        """
        output: Stickers = self._client._call("tujenge", "list_stickers", {"sticker_pack_id": sticker_pack_id, "namespace": namespace})
        return output

    def add_sticker(self, *, sticker_pack_id: str, image_data_id: str, emojis: Sequence[str] | None = None) -> StickerEntry:
        """Adds a sticker to a pack.

        Args:
            sticker_pack_id: The id of the pack.
            image_data_id: The id of the picture, which was uploaded as `image/webp`.
            emojis: The emoji that the sticker stands for.

        Returns:
            A sticker in a list, or one that was added.
        """
        output: StickerEntry = self._client._call("tujenge", "add_sticker", {"sticker_pack_id": sticker_pack_id, "image_data_id": image_data_id, "emojis": emojis})
        return output

    def get_sticker(self, *, sticker_pack_id: str, index: int, namespace: Literal["whatsapp"] | None = None) -> StickerDetails:
        """Gets a sticker of a pack.

        Args:
            sticker_pack_id: The id of the pack.
            index: The sticker's place in the pack, as `list_stickers` tells it.
            namespace: Whose pack it is; by default one that was created here.

        Returns:
            What a sticker of a pack is.
        """
        output: StickerDetails = self._client._call("tujenge", "get_sticker", {"sticker_pack_id": sticker_pack_id, "index": index, "namespace": namespace})
        return output

    def update_sticker(self, *, sticker_pack_id: str, index: int, image_data_id: str | None = None, emojis: Sequence[str] | None = None) -> None:
        """Changes a sticker of a pack. What is left out stays as it is.

        Args:
            sticker_pack_id: The id of the pack.
            index: The sticker's place in the pack, as `list_stickers` tells it.
            image_data_id: The id of the picture, which was uploaded as `image/webp`.
            emojis: The emoji that the sticker stands for.
        """
        self._client._call("tujenge", "update_sticker", {"sticker_pack_id": sticker_pack_id, "index": index, "image_data_id": image_data_id, "emojis": emojis})

    def delete_sticker(self, *, sticker_pack_id: str, index: int) -> None:
        """Deletes a sticker of a pack.

        Args:
            sticker_pack_id: The id of the pack.
            index: The sticker's place in the pack, as `list_stickers` tells it.
        """
        self._client._call("tujenge", "delete_sticker", {"sticker_pack_id": sticker_pack_id, "index": index})

    def set_webhook(self, *, url: str, headers: Mapping[str, str] | None = None) -> WebhookTarget:
        """Sets the address of the webhook, and the headers that each delivery bears.

        Redirects are not followed; the address should answer 200 at once, and over https with a whole chain of
        certificates. A header with a secret is the one thing by which a receiver can know the gateway: its deliveries
        are not signed.

        Args:
            url: The address: an http or https URL.
            headers: The headers of each delivery, by name, such as `Authorization`. Their values are visible ASCII, and
                are treated as credentials.

        Returns:
            Where a gateway sends what it has to tell.
        """
        output: WebhookTarget = self._client._call("tujenge", "set_webhook", {"url": url, "headers": headers})
        return output


class AsyncTujengeCalls:
    """The calls of tujenge beyond sending: `client.tujenge` of `AsyncClient`."""

    __slots__ = ("_client",)

    def __init__(self, client: AsyncClient) -> None:
        """Take the client that makes the calls."""
        self._client = client

    async def mark_as_read(self, *, message_id: str) -> None:
        """Marks an incoming message as read, and those before it: the sender sees two blue ticks.

        It can be done within 30 days.

        Args:
            message_id: The id of the message, as its event has it.
        """
        await self._client._call("tujenge", "mark_as_read", {"message_id": message_id})

    async def check_contacts(self, *, contacts: Sequence[str], blocking: Literal["no_wait", "wait"] | None = None, force_check: bool | None = None) -> CheckedContacts:
        """Asks for the WhatsApp ids of phone numbers.

        Since version 2.43 of the API every number is told to be `valid`, and gets an id: the answer does not prove any
        more that somebody has WhatsApp, so nothing should depend on it. There must not be more of these calls than
        messages.

        Args:
            contacts: The phone numbers, in any form; at least one. A WhatsApp id needs a plus sign before it: without
                one, the region may read its digits as a number in national form.
            blocking: Whether the answer waits until all numbers are looked up; by default it does not.
            force_check: Whether numbers that were looked up before are looked up again; by default they are not.

        Returns:
            What is known of phone numbers.
        """
        output: CheckedContacts = await self._client._call("tujenge", "check_contacts", {"contacts": contacts, "blocking": blocking, "force_check": force_check})
        return output

    async def block_contact(self, *, phone: str, reason: str | None = None) -> None:
        """Blocks a person from writing to the number.

        Only somebody who wrote within the last day can be blocked (code 2048 otherwise).

        Args:
            phone: The person's WhatsApp id, which stays as it is: 1 to 15 digits, with a plus sign or without. A text
                with spaces, brackets or dashes is read as a phone number.
            reason: Why; at most 60 characters.
        """
        await self._client._call("tujenge", "block_contact", {"phone": phone, "reason": reason})

    async def unblock_contact(self, *, phone: str) -> None:
        """Lets a person who was blocked write again.

        Args:
            phone: The person's WhatsApp id, which stays as it is: 1 to 15 digits, with a plus sign or without. A text
                with spaces, brackets or dashes is read as a phone number.
        """
        await self._client._call("tujenge", "unblock_contact", {"phone": phone})

    async def upload_media(self, source: _AsyncSource, *, mime_type: str) -> UploadedMedia:
        """Uploads a file, for messages to refer to by its id. WhatsApp keeps it for 14 days.

        The MIME type says what it can be sent as: pictures have at most 5 MiB, audio and video 16 MiB, stickers
        (`image/webp`) 100 KiB, and any other file, which is a document, 100 MiB.

        Args:
            source: What is uploaded: bytes, the path of a file, a binary file object, or an async iterator of bytes.
            mime_type: The MIME type of the file, such as `image/jpeg`.

        Returns:
            A file at the gateway.

        >>> import asyncio
        >>> from wamux import AsyncClient
        >>> from wamux.testing import Sandbox
        >>> async def pages():
        ...     yield b"%PDF"
        ...     yield b"-1.7"
        >>> async def main():
        ...     async with Sandbox() as sandbox, AsyncClient("tujenge", **sandbox.settings("tujenge")) as client:
        ...         media = await client.tujenge.upload_media(pages(), mime_type="application/pdf")
        ...         async with await client.tujenge.download_media(media_id=media.id) as download:
        ...             return await download.read()
        >>> asyncio.run(main())
        b'%PDF-1.7'
        """
        output: UploadedMedia = await self._client._call("tujenge", "upload_media", {"mime_type": mime_type}, source)
        return output

    async def download_media(self, *, media_id: str) -> AsyncDownload:
        """Downloads a file: one that was uploaded, or that came in with a message.

        Args:
            media_id: The id of the file.

        Returns:
            The file, whose bytes are read as they come.
        """
        output: AsyncDownload = await self._client._call("tujenge", "download_media", {"media_id": media_id})
        return output

    async def delete_media(self, *, media_id: str) -> None:
        """Deletes a file at the gateway.

        Args:
            media_id: The id of the file.
        """
        await self._client._call("tujenge", "delete_media", {"media_id": media_id})

    async def list_groups(self) -> Groups:
        """Lists the groups that the number is in.

        Meta has withdrawn groups from the API: only hosts of older versions have them.

        Returns:
            Groups.
        """
        output: Groups = await self._client._call("tujenge", "list_groups", {})
        return output

    async def create_group(self, *, subject: str) -> GroupEntry:
        """Creates a group. People join by its invitation, which `get_group_invite` gets.

        Meta has withdrawn groups from the API: only hosts of older versions have them.

        Args:
            subject: What the group is called; at most 25 characters.

        Returns:
            A group in a list, or one that was created.
        """
        output: GroupEntry = await self._client._call("tujenge", "create_group", {"subject": subject})
        return output

    async def get_group(self, *, group_id: str) -> GroupDetails:
        """Gets what a group is called, and who is in it.

        Meta has withdrawn groups from the API: only hosts of older versions have them.

        Args:
            group_id: The id of the group.

        Returns:
            What a group is. People are told by their WhatsApp ids.
        """
        output: GroupDetails = await self._client._call("tujenge", "get_group", {"group_id": group_id})
        return output

    async def update_group(self, *, group_id: str, subject: str) -> None:
        """Changes what a group is called.

        Meta has withdrawn groups from the API: only hosts of older versions have them.

        Args:
            group_id: The id of the group.
            subject: What the group is called; at most 25 characters.
        """
        await self._client._call("tujenge", "update_group", {"group_id": group_id, "subject": subject})

    async def get_group_invite(self, *, group_id: str) -> GroupInvite:
        """Gets the link by which people join a group.

        Meta has withdrawn groups from the API: only hosts of older versions have them.

        Args:
            group_id: The id of the group.

        Returns:
            The link by which people join a group.
        """
        output: GroupInvite = await self._client._call("tujenge", "get_group_invite", {"group_id": group_id})
        return output

    async def revoke_group_invite(self, *, group_id: str) -> None:
        """Revokes the link by which people join a group: nobody can join by it any more.

        Meta has withdrawn groups from the API: only hosts of older versions have them.

        Args:
            group_id: The id of the group.
        """
        await self._client._call("tujenge", "revoke_group_invite", {"group_id": group_id})

    async def remove_group_participants(self, *, group_id: str, wa_ids: Sequence[str]) -> None:
        """Takes people out of a group.

        Only an administrator of the group may do it. Meta has withdrawn groups from the API: only hosts of older
        versions have them.

        Args:
            group_id: The id of the group.
            wa_ids: Their WhatsApp ids, which stay as they are: 1 to 15 digits, with a plus sign or without. A text with
                spaces, brackets or dashes is read as a phone number. At least one.
        """
        await self._client._call("tujenge", "remove_group_participants", {"group_id": group_id, "wa_ids": wa_ids})

    async def leave_group(self, *, group_id: str) -> None:
        """Leaves a group.

        Meta has withdrawn groups from the API: only hosts of older versions have them.

        Args:
            group_id: The id of the group.
        """
        await self._client._call("tujenge", "leave_group", {"group_id": group_id})

    async def get_group_icon(self, *, group_id: str) -> AsyncDownload:
        """Downloads the picture of a group.

        Meta has withdrawn groups from the API: only hosts of older versions have them.

        Args:
            group_id: The id of the group.

        Returns:
            The file, whose bytes are read as they come.
        """
        output: AsyncDownload = await self._client._call("tujenge", "get_group_icon", {"group_id": group_id})
        return output

    async def set_group_icon(self, source: _AsyncSource, *, group_id: str, mime_type: str) -> None:
        """Sets the picture of a group: JPEG or PNG of at most 5 MiB.

        Meta has withdrawn groups from the API: only hosts of older versions have them.

        Args:
            source: What is uploaded: bytes, the path of a file, a binary file object, or an async iterator of bytes.
            group_id: The id of the group.
            mime_type: The MIME type of the picture: `image/jpeg` or `image/png`.
        """
        await self._client._call("tujenge", "set_group_icon", {"group_id": group_id, "mime_type": mime_type}, source)

    async def delete_group_icon(self, *, group_id: str) -> None:
        """Deletes the picture of a group.

        Meta has withdrawn groups from the API: only hosts of older versions have them.

        Args:
            group_id: The id of the group.
        """
        await self._client._call("tujenge", "delete_group_icon", {"group_id": group_id})

    async def add_group_admins(self, *, group_id: str, wa_ids: Sequence[str]) -> None:
        """Makes people administrators of a group.

        Only an administrator of the group may do it. Meta has withdrawn groups from the API: only hosts of older
        versions have them.

        Args:
            group_id: The id of the group.
            wa_ids: Their WhatsApp ids, which stay as they are: 1 to 15 digits, with a plus sign or without. A text with
                spaces, brackets or dashes is read as a phone number. At least one.
        """
        await self._client._call("tujenge", "add_group_admins", {"group_id": group_id, "wa_ids": wa_ids})

    async def remove_group_admins(self, *, group_id: str, wa_ids: Sequence[str]) -> None:
        """Makes administrators of a group ordinary participants.

        Only an administrator of the group may do it. Meta has withdrawn groups from the API: only hosts of older
        versions have them.

        Args:
            group_id: The id of the group.
            wa_ids: Their WhatsApp ids, which stay as they are: 1 to 15 digits, with a plus sign or without. A text with
                spaces, brackets or dashes is read as a phone number. At least one.
        """
        await self._client._call("tujenge", "remove_group_admins", {"group_id": group_id, "wa_ids": wa_ids})

    async def get_business_profile(self) -> BusinessProfile:
        """Gets the business profile.

        Returns:
            A business profile. What is not set is absent, or empty.
        """
        output: BusinessProfile = await self._client._call("tujenge", "get_business_profile", {})
        return output

    async def update_business_profile(self, *, address: str | None = None, description: str | None = None, email: str | None = None, vertical: str | None = None, websites: Sequence[str] | None = None) -> None:
        """Changes the business profile.

        What is left out stays as it is, since version 2.23 of the API.

        Args:
            address: The address; at most 256 characters.
            description: What the business is; at most 256 characters.
            email: The email address; at most 128 characters.
            vertical: The industry: one of `Automotive`, `Beauty, Spa and Salon`, `Clothing and Apparel`, `Education`,
                `Entertainment`, `Event Planning and Service`, `Finance and Banking`, `Food and Grocery`, `Public
                Service`, `Hotel and Lodging`, `Medical and Health`, `Non-profit`, `Professional Services`, `Shopping
                and Retail`, `Travel and Transportation`, `Restaurant`, `Other`, or an empty text; once it is set it
                cannot be emptied again.
            websites: The web pages: at most two http or https URLs, of at most 256 characters each; they replace those
                that are set.
        """
        await self._client._call("tujenge", "update_business_profile", {"address": address, "description": description, "email": email, "vertical": vertical, "websites": websites})

    async def get_about(self) -> AboutText:
        """Gets the text of the profile.

        Returns:
            The text of a profile.
        """
        output: AboutText = await self._client._call("tujenge", "get_about", {})
        return output

    async def set_about(self, *, text: str) -> None:
        """Sets the text of the profile.

        Args:
            text: The text; at most 139 characters.
        """
        await self._client._call("tujenge", "set_about", {"text": text})

    async def get_profile_photo(self) -> AsyncDownload:
        """Downloads the picture of the profile.

        Returns:
            The file, whose bytes are read as they come.
        """
        output: AsyncDownload = await self._client._call("tujenge", "get_profile_photo", {})
        return output

    async def get_profile_photo_link(self) -> ProfilePhotoLink:
        """Gets the address of the profile's picture.

        Returns:
            Where the picture of a profile is.
        """
        output: ProfilePhotoLink = await self._client._call("tujenge", "get_profile_photo_link", {})
        return output

    async def set_profile_photo(self, source: _AsyncSource, *, mime_type: str) -> None:
        """Sets the picture of the profile: JPEG or PNG of at most 5 MiB.

        It should be square, with edges from 192 to 640 pixels, which is not checked here.

        Args:
            source: What is uploaded: bytes, the path of a file, a binary file object, or an async iterator of bytes.
            mime_type: The MIME type of the picture: `image/jpeg` or `image/png`.
        """
        await self._client._call("tujenge", "set_profile_photo", {"mime_type": mime_type}, source)

    async def delete_profile_photo(self) -> None:
        """Deletes the picture of the profile.
        """
        await self._client._call("tujenge", "delete_profile_photo", {})

    async def list_sticker_packs(self, *, namespace: Literal["whatsapp"] | None = None) -> StickerPacks:
        """Lists the packs of stickers.

        Args:
            namespace: Whose packs; by default those that were created here.

        Returns:
            Packs of stickers.
        """
        output: StickerPacks = await self._client._call("tujenge", "list_sticker_packs", {"namespace": namespace})
        return output

    async def create_sticker_pack(self, *, publisher: str, name: str, ios_app_store_link: str | None = None, android_app_store_link: str | None = None) -> StickerPackEntry:
        """Creates a pack of stickers, which has none yet.

        Args:
            publisher: Who publishes the pack.
            name: The name of the pack.
            ios_app_store_link: Where the pack's app for iOS is: an http or https URL.
            android_app_store_link: Where the pack's app for Android is: an http or https URL.

        Returns:
            A pack of stickers in a list, or one that was created.
        """
        output: StickerPackEntry = await self._client._call("tujenge", "create_sticker_pack", {"publisher": publisher, "name": name, "ios_app_store_link": ios_app_store_link, "android_app_store_link": android_app_store_link})
        return output

    async def get_sticker_pack(self, *, sticker_pack_id: str, namespace: Literal["whatsapp"] | None = None) -> StickerPackDetails:
        """Gets what a pack of stickers is called and who publishes it.

        Args:
            sticker_pack_id: The id of the pack.
            namespace: Whose pack it is; by default one that was created here.

        Returns:
            What a pack of stickers is.
        """
        output: StickerPackDetails = await self._client._call("tujenge", "get_sticker_pack", {"sticker_pack_id": sticker_pack_id, "namespace": namespace})
        return output

    async def update_sticker_pack(self, *, sticker_pack_id: str, publisher: str | None = None, name: str | None = None, ios_app_store_link: str | None = None, android_app_store_link: str | None = None) -> None:
        """Changes what a pack of stickers is called and who publishes it. What is left out stays as it is.

        Args:
            sticker_pack_id: The id of the pack.
            publisher: Who publishes the pack.
            name: The name of the pack.
            ios_app_store_link: Where the pack's app for iOS is: an http or https URL.
            android_app_store_link: Where the pack's app for Android is: an http or https URL.
        """
        await self._client._call("tujenge", "update_sticker_pack", {"sticker_pack_id": sticker_pack_id, "publisher": publisher, "name": name, "ios_app_store_link": ios_app_store_link, "android_app_store_link": android_app_store_link})

    async def delete_sticker_pack(self, *, sticker_pack_id: str) -> None:
        """Deletes a pack of stickers.

        Args:
            sticker_pack_id: The id of the pack.
        """
        await self._client._call("tujenge", "delete_sticker_pack", {"sticker_pack_id": sticker_pack_id})

    async def list_stickers(self, *, sticker_pack_id: str, namespace: Literal["whatsapp"] | None = None) -> Stickers:
        """Lists the stickers of a pack.

        Args:
            sticker_pack_id: The id of the pack.
            namespace: Whose pack it is; by default one that was created here.

        Returns:
            The stickers of a pack.
        """
        output: Stickers = await self._client._call("tujenge", "list_stickers", {"sticker_pack_id": sticker_pack_id, "namespace": namespace})
        return output

    async def add_sticker(self, *, sticker_pack_id: str, image_data_id: str, emojis: Sequence[str] | None = None) -> StickerEntry:
        """Adds a sticker to a pack.

        Args:
            sticker_pack_id: The id of the pack.
            image_data_id: The id of the picture, which was uploaded as `image/webp`.
            emojis: The emoji that the sticker stands for.

        Returns:
            A sticker in a list, or one that was added.
        """
        output: StickerEntry = await self._client._call("tujenge", "add_sticker", {"sticker_pack_id": sticker_pack_id, "image_data_id": image_data_id, "emojis": emojis})
        return output

    async def get_sticker(self, *, sticker_pack_id: str, index: int, namespace: Literal["whatsapp"] | None = None) -> StickerDetails:
        """Gets a sticker of a pack.

        Args:
            sticker_pack_id: The id of the pack.
            index: The sticker's place in the pack, as `list_stickers` tells it.
            namespace: Whose pack it is; by default one that was created here.

        Returns:
            What a sticker of a pack is.
        """
        output: StickerDetails = await self._client._call("tujenge", "get_sticker", {"sticker_pack_id": sticker_pack_id, "index": index, "namespace": namespace})
        return output

    async def update_sticker(self, *, sticker_pack_id: str, index: int, image_data_id: str | None = None, emojis: Sequence[str] | None = None) -> None:
        """Changes a sticker of a pack. What is left out stays as it is.

        Args:
            sticker_pack_id: The id of the pack.
            index: The sticker's place in the pack, as `list_stickers` tells it.
            image_data_id: The id of the picture, which was uploaded as `image/webp`.
            emojis: The emoji that the sticker stands for.
        """
        await self._client._call("tujenge", "update_sticker", {"sticker_pack_id": sticker_pack_id, "index": index, "image_data_id": image_data_id, "emojis": emojis})

    async def delete_sticker(self, *, sticker_pack_id: str, index: int) -> None:
        """Deletes a sticker of a pack.

        Args:
            sticker_pack_id: The id of the pack.
            index: The sticker's place in the pack, as `list_stickers` tells it.
        """
        await self._client._call("tujenge", "delete_sticker", {"sticker_pack_id": sticker_pack_id, "index": index})

    async def set_webhook(self, *, url: str, headers: Mapping[str, str] | None = None) -> WebhookTarget:
        """Sets the address of the webhook, and the headers that each delivery bears.

        Redirects are not followed; the address should answer 200 at once, and over https with a whole chain of
        certificates. A header with a secret is the one thing by which a receiver can know the gateway: its deliveries
        are not signed.

        Args:
            url: The address: an http or https URL.
            headers: The headers of each delivery, by name, such as `Authorization`. Their values are visible ASCII, and
                are treated as credentials.

        Returns:
            Where a gateway sends what it has to tell.
        """
        output: WebhookTarget = await self._client._call("tujenge", "set_webhook", {"url": url, "headers": headers})
        return output


class ChatApiCalls:
    """The calls of chat-api beyond sending: `client.chat_api` of `Client`."""

    __slots__ = ("_client",)

    def __init__(self, client: Client) -> None:
        """Take the client that makes the calls."""
        self._client = client

    def get_status(self, *, full: bool | None = None, no_wakeup: bool | None = None) -> InstanceStatus:
        """Asks how the instance is. While it is `loading`, ask again in a minute.

        Args:
            full: Whether to tell the details too: `status_data`.
            no_wakeup: Whether an instance that sleeps (`init`) is left asleep.

        Returns:
            How the instance is.

        >>> from wamux import Client
        >>> from wamux.testing import Sandbox
        >>> with Sandbox() as sandbox, Client("chat-api", **sandbox.settings("chat-api")) as client:
        ...     status = client.chat_api.get_status(full=True)
        >>> status.account_status
        'authenticated'
        """
        output: InstanceStatus = self._client._call("chat-api", "get_status", {"full": full, "no_wakeup": no_wakeup})
        return output

    def get_qr_code(self) -> Download:
        """Gets the code to scan, as a PNG picture. It is valid for one minute.

        Returns:
            The file, whose bytes are read as they come.
        """
        output: Download = self._client._call("chat-api", "get_qr_code", {})
        return output

    def logout(self) -> InstanceOrder:
        """Ends the pairing with the phone: the instance gets a new code to scan, and sends nothing until it is scanned.

        Returns:
            An order that was passed on to WhatsApp. What came of it, `get_status` tells.
        """
        output: InstanceOrder = self._client._call("chat-api", "logout", {})
        return output

    def takeover(self) -> InstanceOrder:
        """Takes the pairing back, where the phone opened WhatsApp Web elsewhere.

        Returns:
            An order that was passed on to WhatsApp. What came of it, `get_status` tells.
        """
        output: InstanceOrder = self._client._call("chat-api", "takeover", {})
        return output

    def expiry(self) -> InstanceOrder:
        """Renews the code to scan after it has expired.

        Returns:
            An order that was passed on to WhatsApp. What came of it, `get_status` tells.
        """
        output: InstanceOrder = self._client._call("chat-api", "expiry", {})
        return output

    def retry(self) -> InstanceOrder:
        """Tries once more to synchronise the instance with the phone.

        Returns:
            An order that was passed on to WhatsApp. What came of it, `get_status` tells.
        """
        output: InstanceOrder = self._client._call("chat-api", "retry", {})
        return output

    def reboot(self) -> None:
        """Starts the instance anew. While it is `loading`, ask again in a minute.
        """
        self._client._call("chat-api", "reboot", {})

    def get_settings(self) -> InstanceSettings:
        """Gets the instance's settings.

        Returns:
            The instance's settings, as far as the gateway tells them.
        """
        output: InstanceSettings = self._client._call("chat-api", "get_settings", {})
        return output

    def update_settings(self, *, webhook_url: str | None = None, ack_notifications_on: bool | None = None, chat_update_on: bool | None = None, video_upload_on: bool | None = None, proxy: str | None = None, guaranteed_hooks: bool | None = None, ignore_old_messages: bool | None = None, process_archive: bool | None = None, instance_statuses: bool | None = None, webhook_statuses: bool | None = None, status_notifications_on: bool | None = None) -> UpdatedSettings:
        """Changes the instance's settings; those that are not given stay as they are.

        Args:
            webhook_url: Where webhooks are sent to: an http or https URL. An empty one: nowhere.
            ack_notifications_on: Whether webhooks tell that messages were delivered and read.
            chat_update_on: Whether webhooks tell that chats changed.
            video_upload_on: Whether films that come in are fetched.
            proxy: The address and port of the SOCKS5 proxy that the instance uses; through one that does not work, it
                does not work either.
            guaranteed_hooks: Whether a webhook is sent up to 20 times, until it is answered with status 200.
            ignore_old_messages: Whether webhooks leave out the old messages that come in while the instance is paired.
            process_archive: Whether messages of archived chats are processed.
            instance_statuses: Whether the changes of the instance's status are kept, for `get_instance_statuses`.
            webhook_statuses: Whether the fate of webhooks is kept, for `get_webhook_status`.
            status_notifications_on: Whether webhooks tell that the instance's status changed.

        Returns:
            Settings after a change.
        """
        output: UpdatedSettings = self._client._call("chat-api", "update_settings", {"webhook_url": webhook_url, "ack_notifications_on": ack_notifications_on, "chat_update_on": chat_update_on, "video_upload_on": video_upload_on, "proxy": proxy, "guaranteed_hooks": guaranteed_hooks, "ignore_old_messages": ignore_old_messages, "process_archive": process_archive, "instance_statuses": instance_statuses, "webhook_statuses": webhook_statuses, "status_notifications_on": status_notifications_on})
        return output

    def send_link(self, *, to: str, link: str, title: str, preview: str, recipient_type: Literal["individual", "group", "chat"] | None = None, description: str | None = None) -> AcceptedMessage:
        """Sends a link with a title and a picture. It is queued, and delivered even if the phone is offline now.

        Args:
            to: The recipient: a phone number in any form, or the id that `recipient_type` says.
            recipient_type: What `to` is; a phone number where this is not given.
            link: An http or https URL.
            title: The title under the picture.
            preview: The picture, as a data URI in base64: `data:image/jpeg;base64,…`.
            description: The text under the title.

        Returns:
            A message that the gateway took over: it is queued.
        """
        output: AcceptedMessage = self._client._call("chat-api", "send_link", {"to": to, "recipient_type": recipient_type, "link": link, "title": title, "preview": preview, "description": description})
        return output

    def send_contact(self, *, to: str, contact_ids: Sequence[str], recipient_type: Literal["individual", "group", "chat"] | None = None) -> AcceptedMessage:
        """Sends contacts by the ids of their chats. They are queued, and delivered even if the phone is offline now.

        Args:
            to: The recipient: a phone number in any form, or the id that `recipient_type` says.
            recipient_type: What `to` is; a phone number where this is not given.
            contact_ids: The ids of the contacts' chats, such as `17633123456@c.us`: one at least.

        Returns:
            A message that the gateway took over: it is queued.
        """
        output: AcceptedMessage = self._client._call("chat-api", "send_contact", {"to": to, "recipient_type": recipient_type, "contact_ids": contact_ids})
        return output

    def forward_message(self, *, to: str, message_ids: Sequence[str], recipient_type: Literal["individual", "group", "chat"] | None = None) -> AcceptedMessage:
        """Passes messages on to another chat. They are queued, and delivered even if the phone is offline now.

        Args:
            to: The recipient: a phone number in any form, or the id that `recipient_type` says.
            recipient_type: What `to` is; a phone number where this is not given.
            message_ids: The ids of the messages, as their events have them: one at least.

        Returns:
            A message that the gateway took over: it is queued.
        """
        output: AcceptedMessage = self._client._call("chat-api", "forward_message", {"to": to, "recipient_type": recipient_type, "message_ids": message_ids})
        return output

    def get_messages(self, *, last_message_number: int | None = None, last: bool | None = None, chat_id: str | None = None, limit: int | None = None, min_time: int | None = None, max_time: int | None = None) -> MessagePage:
        """Gets messages: those that came in, and those that went out. Their files are kept for 30 days.

        Args:
            last_message_number: The number of a message: those after it are asked for. It is `last_message_number` of
                the answer before.
            last: Whether the last 100 messages are asked for; `last_message_number` says nothing then.
            chat_id: The id of a chat, such as `17633123456@c.us` or `17680561234-1479621234@g.us`: its messages alone
                are asked for.
            limit: How many messages there may be in the answer: 100 where this is not given, and all where it is 0.
            min_time: A moment, in seconds since 1970 in UTC: messages after it are asked for.
            max_time: A moment, in seconds since 1970 in UTC: messages before it are asked for.

        Returns:
            Messages of the gateway's list.
        """
        output: MessagePage = self._client._call("chat-api", "get_messages", {"last_message_number": last_message_number, "last": last, "chat_id": chat_id, "limit": limit, "min_time": min_time, "max_time": max_time})
        return output

    def get_message_history(self, *, page: int | None = None, count: int | None = None, chat_id: str | None = None) -> MessageHistory:
        """Gets messages by pages, from the newest to the oldest.

        Args:
            page: The number of the page; the first, which is asked for where this is not given, is 0.
            count: How many messages a page has: 100 where this is not given.
            chat_id: The id of a chat, such as `17633123456@c.us` or `17680561234-1479621234@g.us`: its messages alone
                are asked for.

        Returns:
            A page of the gateway's messages.
        """
        output: MessageHistory = self._client._call("chat-api", "get_message_history", {"page": page, "count": count, "chat_id": chat_id})
        return output

    def get_dialogs(self) -> Dialogs:
        """Gets the list of chats, with their pictures.

        Returns:
            The list of chats.
        """
        output: Dialogs = self._client._call("chat-api", "get_dialogs", {})
        return output

    def create_group(self, *, group_name: str, phones: Sequence[str] | None = None, chat_ids: Sequence[str] | None = None, message_text: str | None = None) -> QueuedGroup:
        """Creates a group, and sends a first message to it. Its people are given either as phone numbers or as ids of
        chats, without the instance's own. It is queued, and created even if the phone is offline now; where the phone
        is an iPhone, all of the people must be among its contacts.

        Args:
            group_name: The group's name.
            phones: The people's phone numbers, in any form.
            chat_ids: The ids of the people's chats, such as `17633123456@c.us`, in place of their numbers.
            message_text: The text of the first message; without it none is sent.

        Returns:
            A group that is being created.
        """
        output: QueuedGroup = self._client._call("chat-api", "create_group", {"group_name": group_name, "phones": phones, "chat_ids": chat_ids, "message_text": message_text})
        return output

    def read_chat(self, *, to: str, recipient_type: Literal["individual", "group", "chat"] | None = None) -> ChatRead:
        """Marks a chat as read: those who wrote see that their messages were read.

        Args:
            to: Whose chat: a phone number in any form, or the id that `recipient_type` says.
            recipient_type: What `to` is; a phone number where this is not given.

        Returns:
            A chat that was marked as read.
        """
        output: ChatRead = self._client._call("chat-api", "read_chat", {"to": to, "recipient_type": recipient_type})
        return output

    def add_group_participant(self, *, group_id: str, participant_phone: str | None = None, participant_chat_id: str | None = None) -> GroupChange:
        """Adds a person to a group, of which the instance must be an administrator.

        Args:
            group_id: The id of the group, such as `19680561234-1479621234@g.us`.
            participant_phone: The person's phone number, in any form.
            participant_chat_id: The id of the person's chat, such as `17633123456@c.us`, in place of the number.

        Returns:
            A group whose people were changed.
        """
        output: GroupChange = self._client._call("chat-api", "add_group_participant", {"group_id": group_id, "participant_phone": participant_phone, "participant_chat_id": participant_chat_id})
        return output

    def remove_group_participant(self, *, group_id: str, participant_phone: str | None = None, participant_chat_id: str | None = None) -> GroupChange:
        """Takes a person out of a group, of which the instance must be an administrator.

        Args:
            group_id: The id of the group, such as `19680561234-1479621234@g.us`.
            participant_phone: The person's phone number, in any form.
            participant_chat_id: The id of the person's chat, such as `17633123456@c.us`, in place of the number.

        Returns:
            A group whose people were changed.
        """
        output: GroupChange = self._client._call("chat-api", "remove_group_participant", {"group_id": group_id, "participant_phone": participant_phone, "participant_chat_id": participant_chat_id})
        return output

    def promote_group_participant(self, *, group_id: str, participant_phone: str | None = None, participant_chat_id: str | None = None) -> GroupChange:
        """Makes one of a group's people an administrator; the instance must be one.

        Args:
            group_id: The id of the group, such as `19680561234-1479621234@g.us`.
            participant_phone: The person's phone number, in any form.
            participant_chat_id: The id of the person's chat, such as `17633123456@c.us`, in place of the number.

        Returns:
            A group whose people were changed.
        """
        output: GroupChange = self._client._call("chat-api", "promote_group_participant", {"group_id": group_id, "participant_phone": participant_phone, "participant_chat_id": participant_chat_id})
        return output

    def demote_group_participant(self, *, group_id: str, participant_phone: str | None = None, participant_chat_id: str | None = None) -> GroupChange:
        """Makes an administrator of a group one of its people again; the instance must be an administrator.

        Args:
            group_id: The id of the group, such as `19680561234-1479621234@g.us`.
            participant_phone: The person's phone number, in any form.
            participant_chat_id: The id of the person's chat, such as `17633123456@c.us`, in place of the number.

        Returns:
            A group whose people were changed.
        """
        output: GroupChange = self._client._call("chat-api", "demote_group_participant", {"group_id": group_id, "participant_phone": participant_phone, "participant_chat_id": participant_chat_id})
        return output

    def set_webhook(self, *, url: str) -> InstanceWebhook:
        """Sets where the gateway sends what it tells of its own accord: messages, and what became of those sent.

        Args:
            url: An http or https URL.

        Returns:
            Where webhooks are sent to.
        """
        output: InstanceWebhook = self._client._call("chat-api", "set_webhook", {"url": url})
        return output

    def get_webhook(self) -> InstanceWebhook:
        """Gets where webhooks are sent to.

        Returns:
            Where webhooks are sent to.
        """
        output: InstanceWebhook = self._client._call("chat-api", "get_webhook", {})
        return output

    def get_webhook_status(self, *, message_id: str) -> WebhookDelivery:
        """Asks whether a message's webhook was sent. The gateway knows it while its setting `webhook_statuses` is on.

        Args:
            message_id: The id of the message, as its event has it.

        Returns:
            What became of a webhook.
        """
        output: WebhookDelivery = self._client._call("chat-api", "get_webhook_status", {"message_id": message_id})
        return output

    def show_messages_queue(self) -> MessagesQueue:
        """Gets the queue of messages that wait to be sent: how many there are, and 100 of them. Those that could not be
        sent stay in it, and are tried again.

        Returns:
            The messages that wait to be sent.
        """
        output: MessagesQueue = self._client._call("chat-api", "show_messages_queue", {})
        return output

    def clear_messages_queue(self) -> ClearedMessages:
        """Empties the queue of messages: they will not be sent. It is for when thousands were queued by mistake.

        Returns:
            The messages that will not be sent.
        """
        output: ClearedMessages = self._client._call("chat-api", "clear_messages_queue", {})
        return output

    def show_actions_queue(self) -> ActionsQueue:
        """Gets the queue of what waits to be done, such as groups to create: how many there are, and 100 of them.

        Returns:
            What waits to be done.
        """
        output: ActionsQueue = self._client._call("chat-api", "show_actions_queue", {})
        return output

    def clear_actions_queue(self) -> ClearedActions:
        """Empties the queue of what waits to be done: it will not be done.

        Returns:
            What will not be done.
        """
        output: ClearedActions = self._client._call("chat-api", "clear_actions_queue", {})
        return output

    def get_ban_settings(self) -> BanSettings:
        """Gets whom the instance blocks by itself.

        Returns:
            Whom the instance blocks by itself.
        """
        output: BanSettings = self._client._call("chat-api", "get_ban_settings", {})
        return output

    def set_ban_settings(self, *, ban_phone_mask: str, pre_ban_message: str | None = None) -> BanSettings:
        """Sets whom the instance blocks by itself: those who write from a number that fits an expression.

        Args:
            ban_phone_mask: A regular expression; numbers that it fits are blocked. An empty one blocks nobody.
            pre_ban_message: What a person is told before; without it nothing is said.

        Returns:
            Whom the instance blocks by itself.
        """
        output: BanSettings = self._client._call("chat-api", "set_ban_settings", {"ban_phone_mask": ban_phone_mask, "pre_ban_message": pre_ban_message})
        return output

    def test_ban(self, *, phone: str) -> BanVerdict:
        """Asks whether the instance would block a number by itself.

        Args:
            phone: The phone number, in any form.

        Returns:
            Whether the instance would block a number.
        """
        output: BanVerdict = self._client._call("chat-api", "test_ban", {"phone": phone})
        return output

    def get_instance_statuses(self, *, min_time: int | None = None, max_time: int | None = None) -> InstanceStatuses:
        """Gets what the instance's status was, and when. The gateway knows it while its setting `instance_statuses` is on.

        Args:
            min_time: A moment, in seconds since 1970 in UTC: statuses after it are asked for.
            max_time: A moment, in seconds since 1970 in UTC: statuses before it are asked for.

        Returns:
            What the instance's status was, and when.
        """
        output: InstanceStatuses = self._client._call("chat-api", "get_instance_statuses", {"min_time": min_time, "max_time": max_time})
        return output

    def check_phone(self, *, phone: str) -> CheckedPhone:
        """Asks whether a phone number has WhatsApp.

        Args:
            phone: The phone number, in any form.

        Returns:
            Whether a phone number has WhatsApp.
        """
        output: CheckedPhone = self._client._call("chat-api", "check_phone", {"phone": phone})
        return output

    def iterate_messages(self, *, last_message_number: int | None = None, chat_id: str | None = None, limit: int | None = None, min_time: int | None = None, max_time: int | None = None) -> Messages:
        """Iterates over the messages, page after page, until a page has nothing new: each once and in order.

        The iterator's `position` is where a later one goes on, as `last_message_number`.

        Args:
            last_message_number: The number of a message: those after it are asked for. It is `last_message_number` of
                the answer before.
            chat_id: The id of a chat, such as `17633123456@c.us` or `17680561234-1479621234@g.us`: its messages alone
                are asked for.
            limit: How many messages there may be in the answer: 100 where this is not given, and all where it is 0.
            min_time: A moment, in seconds since 1970 in UTC: messages after it are asked for.
            max_time: A moment, in seconds since 1970 in UTC: messages before it are asked for.

        >>> from wamux import Client
        >>> from wamux.testing import Sandbox
        >>> with Sandbox() as sandbox, Client("chat-api", **sandbox.settings("chat-api")) as client:
        ...     for number in range(3):
        ...         receipt = client.send(to="+7 903 456-78-90", text=f"Message {number}")
        ...     messages = client.chat_api.iterate_messages(limit=2)
        ...     texts = [event.content.text.body for event in messages if event.type == "message"]
        >>> texts, messages.position
        (['Message 0', 'Message 1', 'Message 2'], 3)
        """
        return Messages(self._client, {"last_message_number": last_message_number, "chat_id": chat_id, "limit": limit, "min_time": min_time, "max_time": max_time})


class AsyncChatApiCalls:
    """The calls of chat-api beyond sending: `client.chat_api` of `AsyncClient`."""

    __slots__ = ("_client",)

    def __init__(self, client: AsyncClient) -> None:
        """Take the client that makes the calls."""
        self._client = client

    async def get_status(self, *, full: bool | None = None, no_wakeup: bool | None = None) -> InstanceStatus:
        """Asks how the instance is. While it is `loading`, ask again in a minute.

        Args:
            full: Whether to tell the details too: `status_data`.
            no_wakeup: Whether an instance that sleeps (`init`) is left asleep.

        Returns:
            How the instance is.
        """
        output: InstanceStatus = await self._client._call("chat-api", "get_status", {"full": full, "no_wakeup": no_wakeup})
        return output

    async def get_qr_code(self) -> AsyncDownload:
        """Gets the code to scan, as a PNG picture. It is valid for one minute.

        Returns:
            The file, whose bytes are read as they come.
        """
        output: AsyncDownload = await self._client._call("chat-api", "get_qr_code", {})
        return output

    async def logout(self) -> InstanceOrder:
        """Ends the pairing with the phone: the instance gets a new code to scan, and sends nothing until it is scanned.

        Returns:
            An order that was passed on to WhatsApp. What came of it, `get_status` tells.
        """
        output: InstanceOrder = await self._client._call("chat-api", "logout", {})
        return output

    async def takeover(self) -> InstanceOrder:
        """Takes the pairing back, where the phone opened WhatsApp Web elsewhere.

        Returns:
            An order that was passed on to WhatsApp. What came of it, `get_status` tells.
        """
        output: InstanceOrder = await self._client._call("chat-api", "takeover", {})
        return output

    async def expiry(self) -> InstanceOrder:
        """Renews the code to scan after it has expired.

        Returns:
            An order that was passed on to WhatsApp. What came of it, `get_status` tells.
        """
        output: InstanceOrder = await self._client._call("chat-api", "expiry", {})
        return output

    async def retry(self) -> InstanceOrder:
        """Tries once more to synchronise the instance with the phone.

        Returns:
            An order that was passed on to WhatsApp. What came of it, `get_status` tells.
        """
        output: InstanceOrder = await self._client._call("chat-api", "retry", {})
        return output

    async def reboot(self) -> None:
        """Starts the instance anew. While it is `loading`, ask again in a minute.
        """
        await self._client._call("chat-api", "reboot", {})

    async def get_settings(self) -> InstanceSettings:
        """Gets the instance's settings.

        Returns:
            The instance's settings, as far as the gateway tells them.
        """
        output: InstanceSettings = await self._client._call("chat-api", "get_settings", {})
        return output

    async def update_settings(self, *, webhook_url: str | None = None, ack_notifications_on: bool | None = None, chat_update_on: bool | None = None, video_upload_on: bool | None = None, proxy: str | None = None, guaranteed_hooks: bool | None = None, ignore_old_messages: bool | None = None, process_archive: bool | None = None, instance_statuses: bool | None = None, webhook_statuses: bool | None = None, status_notifications_on: bool | None = None) -> UpdatedSettings:
        """Changes the instance's settings; those that are not given stay as they are.

        Args:
            webhook_url: Where webhooks are sent to: an http or https URL. An empty one: nowhere.
            ack_notifications_on: Whether webhooks tell that messages were delivered and read.
            chat_update_on: Whether webhooks tell that chats changed.
            video_upload_on: Whether films that come in are fetched.
            proxy: The address and port of the SOCKS5 proxy that the instance uses; through one that does not work, it
                does not work either.
            guaranteed_hooks: Whether a webhook is sent up to 20 times, until it is answered with status 200.
            ignore_old_messages: Whether webhooks leave out the old messages that come in while the instance is paired.
            process_archive: Whether messages of archived chats are processed.
            instance_statuses: Whether the changes of the instance's status are kept, for `get_instance_statuses`.
            webhook_statuses: Whether the fate of webhooks is kept, for `get_webhook_status`.
            status_notifications_on: Whether webhooks tell that the instance's status changed.

        Returns:
            Settings after a change.
        """
        output: UpdatedSettings = await self._client._call("chat-api", "update_settings", {"webhook_url": webhook_url, "ack_notifications_on": ack_notifications_on, "chat_update_on": chat_update_on, "video_upload_on": video_upload_on, "proxy": proxy, "guaranteed_hooks": guaranteed_hooks, "ignore_old_messages": ignore_old_messages, "process_archive": process_archive, "instance_statuses": instance_statuses, "webhook_statuses": webhook_statuses, "status_notifications_on": status_notifications_on})
        return output

    async def send_link(self, *, to: str, link: str, title: str, preview: str, recipient_type: Literal["individual", "group", "chat"] | None = None, description: str | None = None) -> AcceptedMessage:
        """Sends a link with a title and a picture. It is queued, and delivered even if the phone is offline now.

        Args:
            to: The recipient: a phone number in any form, or the id that `recipient_type` says.
            recipient_type: What `to` is; a phone number where this is not given.
            link: An http or https URL.
            title: The title under the picture.
            preview: The picture, as a data URI in base64: `data:image/jpeg;base64,…`.
            description: The text under the title.

        Returns:
            A message that the gateway took over: it is queued.
        """
        output: AcceptedMessage = await self._client._call("chat-api", "send_link", {"to": to, "recipient_type": recipient_type, "link": link, "title": title, "preview": preview, "description": description})
        return output

    async def send_contact(self, *, to: str, contact_ids: Sequence[str], recipient_type: Literal["individual", "group", "chat"] | None = None) -> AcceptedMessage:
        """Sends contacts by the ids of their chats. They are queued, and delivered even if the phone is offline now.

        Args:
            to: The recipient: a phone number in any form, or the id that `recipient_type` says.
            recipient_type: What `to` is; a phone number where this is not given.
            contact_ids: The ids of the contacts' chats, such as `17633123456@c.us`: one at least.

        Returns:
            A message that the gateway took over: it is queued.
        """
        output: AcceptedMessage = await self._client._call("chat-api", "send_contact", {"to": to, "recipient_type": recipient_type, "contact_ids": contact_ids})
        return output

    async def forward_message(self, *, to: str, message_ids: Sequence[str], recipient_type: Literal["individual", "group", "chat"] | None = None) -> AcceptedMessage:
        """Passes messages on to another chat. They are queued, and delivered even if the phone is offline now.

        Args:
            to: The recipient: a phone number in any form, or the id that `recipient_type` says.
            recipient_type: What `to` is; a phone number where this is not given.
            message_ids: The ids of the messages, as their events have them: one at least.

        Returns:
            A message that the gateway took over: it is queued.
        """
        output: AcceptedMessage = await self._client._call("chat-api", "forward_message", {"to": to, "recipient_type": recipient_type, "message_ids": message_ids})
        return output

    async def get_messages(self, *, last_message_number: int | None = None, last: bool | None = None, chat_id: str | None = None, limit: int | None = None, min_time: int | None = None, max_time: int | None = None) -> MessagePage:
        """Gets messages: those that came in, and those that went out. Their files are kept for 30 days.

        Args:
            last_message_number: The number of a message: those after it are asked for. It is `last_message_number` of
                the answer before.
            last: Whether the last 100 messages are asked for; `last_message_number` says nothing then.
            chat_id: The id of a chat, such as `17633123456@c.us` or `17680561234-1479621234@g.us`: its messages alone
                are asked for.
            limit: How many messages there may be in the answer: 100 where this is not given, and all where it is 0.
            min_time: A moment, in seconds since 1970 in UTC: messages after it are asked for.
            max_time: A moment, in seconds since 1970 in UTC: messages before it are asked for.

        Returns:
            Messages of the gateway's list.
        """
        output: MessagePage = await self._client._call("chat-api", "get_messages", {"last_message_number": last_message_number, "last": last, "chat_id": chat_id, "limit": limit, "min_time": min_time, "max_time": max_time})
        return output

    async def get_message_history(self, *, page: int | None = None, count: int | None = None, chat_id: str | None = None) -> MessageHistory:
        """Gets messages by pages, from the newest to the oldest.

        Args:
            page: The number of the page; the first, which is asked for where this is not given, is 0.
            count: How many messages a page has: 100 where this is not given.
            chat_id: The id of a chat, such as `17633123456@c.us` or `17680561234-1479621234@g.us`: its messages alone
                are asked for.

        Returns:
            A page of the gateway's messages.
        """
        output: MessageHistory = await self._client._call("chat-api", "get_message_history", {"page": page, "count": count, "chat_id": chat_id})
        return output

    async def get_dialogs(self) -> Dialogs:
        """Gets the list of chats, with their pictures.

        Returns:
            The list of chats.
        """
        output: Dialogs = await self._client._call("chat-api", "get_dialogs", {})
        return output

    async def create_group(self, *, group_name: str, phones: Sequence[str] | None = None, chat_ids: Sequence[str] | None = None, message_text: str | None = None) -> QueuedGroup:
        """Creates a group, and sends a first message to it. Its people are given either as phone numbers or as ids of
        chats, without the instance's own. It is queued, and created even if the phone is offline now; where the phone
        is an iPhone, all of the people must be among its contacts.

        Args:
            group_name: The group's name.
            phones: The people's phone numbers, in any form.
            chat_ids: The ids of the people's chats, such as `17633123456@c.us`, in place of their numbers.
            message_text: The text of the first message; without it none is sent.

        Returns:
            A group that is being created.
        """
        output: QueuedGroup = await self._client._call("chat-api", "create_group", {"group_name": group_name, "phones": phones, "chat_ids": chat_ids, "message_text": message_text})
        return output

    async def read_chat(self, *, to: str, recipient_type: Literal["individual", "group", "chat"] | None = None) -> ChatRead:
        """Marks a chat as read: those who wrote see that their messages were read.

        Args:
            to: Whose chat: a phone number in any form, or the id that `recipient_type` says.
            recipient_type: What `to` is; a phone number where this is not given.

        Returns:
            A chat that was marked as read.
        """
        output: ChatRead = await self._client._call("chat-api", "read_chat", {"to": to, "recipient_type": recipient_type})
        return output

    async def add_group_participant(self, *, group_id: str, participant_phone: str | None = None, participant_chat_id: str | None = None) -> GroupChange:
        """Adds a person to a group, of which the instance must be an administrator.

        Args:
            group_id: The id of the group, such as `19680561234-1479621234@g.us`.
            participant_phone: The person's phone number, in any form.
            participant_chat_id: The id of the person's chat, such as `17633123456@c.us`, in place of the number.

        Returns:
            A group whose people were changed.
        """
        output: GroupChange = await self._client._call("chat-api", "add_group_participant", {"group_id": group_id, "participant_phone": participant_phone, "participant_chat_id": participant_chat_id})
        return output

    async def remove_group_participant(self, *, group_id: str, participant_phone: str | None = None, participant_chat_id: str | None = None) -> GroupChange:
        """Takes a person out of a group, of which the instance must be an administrator.

        Args:
            group_id: The id of the group, such as `19680561234-1479621234@g.us`.
            participant_phone: The person's phone number, in any form.
            participant_chat_id: The id of the person's chat, such as `17633123456@c.us`, in place of the number.

        Returns:
            A group whose people were changed.
        """
        output: GroupChange = await self._client._call("chat-api", "remove_group_participant", {"group_id": group_id, "participant_phone": participant_phone, "participant_chat_id": participant_chat_id})
        return output

    async def promote_group_participant(self, *, group_id: str, participant_phone: str | None = None, participant_chat_id: str | None = None) -> GroupChange:
        """Makes one of a group's people an administrator; the instance must be one.

        Args:
            group_id: The id of the group, such as `19680561234-1479621234@g.us`.
            participant_phone: The person's phone number, in any form.
            participant_chat_id: The id of the person's chat, such as `17633123456@c.us`, in place of the number.

        Returns:
            A group whose people were changed.
        """
        output: GroupChange = await self._client._call("chat-api", "promote_group_participant", {"group_id": group_id, "participant_phone": participant_phone, "participant_chat_id": participant_chat_id})
        return output

    async def demote_group_participant(self, *, group_id: str, participant_phone: str | None = None, participant_chat_id: str | None = None) -> GroupChange:
        """Makes an administrator of a group one of its people again; the instance must be an administrator.

        Args:
            group_id: The id of the group, such as `19680561234-1479621234@g.us`.
            participant_phone: The person's phone number, in any form.
            participant_chat_id: The id of the person's chat, such as `17633123456@c.us`, in place of the number.

        Returns:
            A group whose people were changed.
        """
        output: GroupChange = await self._client._call("chat-api", "demote_group_participant", {"group_id": group_id, "participant_phone": participant_phone, "participant_chat_id": participant_chat_id})
        return output

    async def set_webhook(self, *, url: str) -> InstanceWebhook:
        """Sets where the gateway sends what it tells of its own accord: messages, and what became of those sent.

        Args:
            url: An http or https URL.

        Returns:
            Where webhooks are sent to.
        """
        output: InstanceWebhook = await self._client._call("chat-api", "set_webhook", {"url": url})
        return output

    async def get_webhook(self) -> InstanceWebhook:
        """Gets where webhooks are sent to.

        Returns:
            Where webhooks are sent to.
        """
        output: InstanceWebhook = await self._client._call("chat-api", "get_webhook", {})
        return output

    async def get_webhook_status(self, *, message_id: str) -> WebhookDelivery:
        """Asks whether a message's webhook was sent. The gateway knows it while its setting `webhook_statuses` is on.

        Args:
            message_id: The id of the message, as its event has it.

        Returns:
            What became of a webhook.
        """
        output: WebhookDelivery = await self._client._call("chat-api", "get_webhook_status", {"message_id": message_id})
        return output

    async def show_messages_queue(self) -> MessagesQueue:
        """Gets the queue of messages that wait to be sent: how many there are, and 100 of them. Those that could not be
        sent stay in it, and are tried again.

        Returns:
            The messages that wait to be sent.
        """
        output: MessagesQueue = await self._client._call("chat-api", "show_messages_queue", {})
        return output

    async def clear_messages_queue(self) -> ClearedMessages:
        """Empties the queue of messages: they will not be sent. It is for when thousands were queued by mistake.

        Returns:
            The messages that will not be sent.
        """
        output: ClearedMessages = await self._client._call("chat-api", "clear_messages_queue", {})
        return output

    async def show_actions_queue(self) -> ActionsQueue:
        """Gets the queue of what waits to be done, such as groups to create: how many there are, and 100 of them.

        Returns:
            What waits to be done.
        """
        output: ActionsQueue = await self._client._call("chat-api", "show_actions_queue", {})
        return output

    async def clear_actions_queue(self) -> ClearedActions:
        """Empties the queue of what waits to be done: it will not be done.

        Returns:
            What will not be done.
        """
        output: ClearedActions = await self._client._call("chat-api", "clear_actions_queue", {})
        return output

    async def get_ban_settings(self) -> BanSettings:
        """Gets whom the instance blocks by itself.

        Returns:
            Whom the instance blocks by itself.
        """
        output: BanSettings = await self._client._call("chat-api", "get_ban_settings", {})
        return output

    async def set_ban_settings(self, *, ban_phone_mask: str, pre_ban_message: str | None = None) -> BanSettings:
        """Sets whom the instance blocks by itself: those who write from a number that fits an expression.

        Args:
            ban_phone_mask: A regular expression; numbers that it fits are blocked. An empty one blocks nobody.
            pre_ban_message: What a person is told before; without it nothing is said.

        Returns:
            Whom the instance blocks by itself.
        """
        output: BanSettings = await self._client._call("chat-api", "set_ban_settings", {"ban_phone_mask": ban_phone_mask, "pre_ban_message": pre_ban_message})
        return output

    async def test_ban(self, *, phone: str) -> BanVerdict:
        """Asks whether the instance would block a number by itself.

        Args:
            phone: The phone number, in any form.

        Returns:
            Whether the instance would block a number.
        """
        output: BanVerdict = await self._client._call("chat-api", "test_ban", {"phone": phone})
        return output

    async def get_instance_statuses(self, *, min_time: int | None = None, max_time: int | None = None) -> InstanceStatuses:
        """Gets what the instance's status was, and when. The gateway knows it while its setting `instance_statuses` is on.

        Args:
            min_time: A moment, in seconds since 1970 in UTC: statuses after it are asked for.
            max_time: A moment, in seconds since 1970 in UTC: statuses before it are asked for.

        Returns:
            What the instance's status was, and when.
        """
        output: InstanceStatuses = await self._client._call("chat-api", "get_instance_statuses", {"min_time": min_time, "max_time": max_time})
        return output

    async def check_phone(self, *, phone: str) -> CheckedPhone:
        """Asks whether a phone number has WhatsApp.

        Args:
            phone: The phone number, in any form.

        Returns:
            Whether a phone number has WhatsApp.
        """
        output: CheckedPhone = await self._client._call("chat-api", "check_phone", {"phone": phone})
        return output

    def iterate_messages(self, *, last_message_number: int | None = None, chat_id: str | None = None, limit: int | None = None, min_time: int | None = None, max_time: int | None = None) -> AsyncMessages:
        """Iterates over the messages, page after page, until a page has nothing new: each once and in order.

        The iterator's `position` is where a later one goes on, as `last_message_number`.

        Args:
            last_message_number: The number of a message: those after it are asked for. It is `last_message_number` of
                the answer before.
            chat_id: The id of a chat, such as `17633123456@c.us` or `17680561234-1479621234@g.us`: its messages alone
                are asked for.
            limit: How many messages there may be in the answer: 100 where this is not given, and all where it is 0.
            min_time: A moment, in seconds since 1970 in UTC: messages after it are asked for.
            max_time: A moment, in seconds since 1970 in UTC: messages before it are asked for.
        """
        return AsyncMessages(self._client, {"last_message_number": last_message_number, "chat_id": chat_id, "limit": limit, "min_time": min_time, "max_time": max_time})
