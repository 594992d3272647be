// What a call throws: one class a kind, with one base. Made from the generated record, whose own exception would show
// all its members as its message.

package wamux

import wamux.bindings.Details
import wamux.bindings.Failure
import wamux.model.Attempt
import wamux.model.Delivery
import wamux.model.Kind
import wamux.model.Reason
import wamux.model.Violation

/**
 * What went wrong, whether the gateway may have the message, and whether to try again. `message` is one line for
 * people, without numbers, texts and credentials.
 */
public sealed class WamuxException(private val details: Details) : Exception(details.line) {
    /** What kind of error it is. */
    public val kind: Kind get() = details.kind

    /** What is known about the message. */
    public val delivery: Delivery get() = details.delivery

    /** Whether sending the same message again can succeed. */
    public val retryable: Boolean get() = details.retryable

    /** For how long the gateway asks to wait, in seconds. */
    public val retryAfter: Long? get() = details.retryAfter?.toLong()

    /** The gateway's id. */
    public val gateway: String? get() = details.gateway

    /** The HTTP status of the answer. */
    public val httpStatus: Int? get() = details.httpStatus?.toInt()

    /** The gateway's code, or what is wrong with a phone number. */
    public val code: String? get() = details.code

    /** What went wrong, in words, where neither reasons nor violations say it. */
    public val context: String? get() = details.context

    /** The reasons that the gateway gave. */
    public val reasons: List<Reason> get() = details.reasons

    /** The rules that the message breaks. */
    public val violations: List<Violation> get() = details.violations

    /** The attempts at sending, in order. */
    public val attempts: List<Attempt> get() = details.attempts

    /** The answer: its JSON text, or the first 512 bytes of what could not be read. */
    public val raw: String? get() = details.raw
}

/** A setting is missing or wrong. */
public class ConfigurationException internal constructor(details: Details) : WamuxException(details)

/** The message breaks a rule of its structure or of the gateway. */
public open class ValidationException internal constructor(details: Details) : WamuxException(details)

/** The gateway cannot say this. */
public class UnsupportedException internal constructor(details: Details) : WamuxException(details)

/** The gateway does not know the credentials. */
public class AuthenticationException internal constructor(details: Details) : WamuxException(details)

/** The account may not do this. */
public class PermissionException internal constructor(details: Details) : WamuxException(details)

/** The account has no money left. */
public class BalanceException internal constructor(details: Details) : WamuxException(details)

/** The recipient is wrong, or cannot receive this. */
public class RecipientException internal constructor(details: Details) : WamuxException(details)

/** The sender is wrong, or not the account's. */
public class SenderException internal constructor(details: Details) : WamuxException(details)

/** The template is missing, paused, or filled in wrongly. */
public class TemplateException internal constructor(details: Details) : WamuxException(details)

/** The media is of a wrong type or size, or cannot be fetched. */
public class MediaException internal constructor(details: Details) : WamuxException(details)

/** More than 24 hours have passed since the recipient last wrote; only a template may be sent. */
public class WindowClosedException internal constructor(details: Details) : WamuxException(details)

/** The same message was sent before. */
public class DuplicateException internal constructor(details: Details) : WamuxException(details)

/** Too many messages in too short a time. */
public class RateLimitedException internal constructor(details: Details) : WamuxException(details)

/** The gateway refused the message for another reason. */
public class RejectedException internal constructor(details: Details) : WamuxException(details)

/** The gateway is not working at the moment. */
public class UnavailableException internal constructor(details: Details) : WamuxException(details)

/** The gateway did not answer in time, or the message's lifetime ended. */
public class TimeoutException internal constructor(details: Details) : WamuxException(details)

/** No connection: DNS, TCP, TLS or proxy. */
public class ConnectException internal constructor(details: Details) : WamuxException(details)

/** An answer that cannot be read. */
public class ProtocolException internal constructor(details: Details) : WamuxException(details)

/** The caller gave up. */
public class CancelledException internal constructor(details: Details) : WamuxException(details)

/** A fault of wamux itself. */
public class InternalException internal constructor(details: Details) : WamuxException(details)

/** What was read is no phone number; `code` says why: `too_short`, `letters` and so on. */
public class PhoneNumberException internal constructor(details: Details) : ValidationException(details)

/** Calls the native library, and throws what this package throws. */
internal inline fun <T> call(block: () -> T): T =
    try {
        block()
    } catch (failure: Failure) {
        throw when (failure) {
            is Failure.Engine -> exception(failure.details)
            is Failure.Phone -> PhoneNumberException(details(Kind.VALIDATION, failure.words, failure.code))
        }
    } catch (_: wamux.bindings.InternalException) {
        // The words of a panic can repeat what was given; they stay behind.
        throw InternalException(details(Kind.INTERNAL, "internal: a fault of wamux itself (not sent)"))
    }

/** The exception of an error's kind. */
internal fun exception(details: Details): WamuxException =
    when (details.kind) {
        Kind.CONFIGURATION -> ConfigurationException(details)
        Kind.VALIDATION -> ValidationException(details)
        Kind.UNSUPPORTED -> UnsupportedException(details)
        Kind.AUTHENTICATION -> AuthenticationException(details)
        Kind.PERMISSION -> PermissionException(details)
        Kind.BALANCE -> BalanceException(details)
        Kind.RECIPIENT -> RecipientException(details)
        Kind.SENDER -> SenderException(details)
        Kind.TEMPLATE -> TemplateException(details)
        Kind.MEDIA -> MediaException(details)
        Kind.WINDOW_CLOSED -> WindowClosedException(details)
        Kind.DUPLICATE -> DuplicateException(details)
        Kind.RATE_LIMITED -> RateLimitedException(details)
        Kind.REJECTED -> RejectedException(details)
        Kind.UNAVAILABLE -> UnavailableException(details)
        Kind.TIMEOUT -> TimeoutException(details)
        Kind.CONNECT -> ConnectException(details)
        Kind.PROTOCOL -> ProtocolException(details)
        Kind.CANCELLED -> CancelledException(details)
        Kind.INTERNAL -> InternalException(details)
    }

/** The exception for a number that is no HTTP status. */
internal fun noStatus(status: Int): WamuxException =
    ConfigurationException(details(Kind.CONFIGURATION, "configuration: $status is no HTTP status, such as 200 (not sent)"))

internal fun details(kind: Kind, line: String, code: String? = null) =
    Details(
        kind = kind,
        delivery = Delivery.NOT_SENT,
        retryable = false,
        retryAfter = null,
        gateway = null,
        httpStatus = null,
        code = code,
        context = null,
        reasons = emptyList(),
        violations = emptyList(),
        attempts = emptyList(),
        raw = null,
        line = line,
    )
