// The calls. Each is the generated one with the exceptions of this package, and with defaults.

package wamux

import wamux.bindings.Outcome
import wamux.model.Event
import wamux.model.Message
import wamux.model.Receipt
import wamux.model.Violation

/** A request to a gateway, without credentials; as text it shows neither the body nor the path. */
public typealias Request = wamux.bindings.Request

/** A phone number in E.164; as text it is masked. */
public typealias PhoneNumber = wamux.bindings.PhoneNumber

/** What is known of a gateway: its id, what wamux sends through it, and the payloads that can be checked. */
public typealias GatewayProfile = wamux.bindings.GatewayProfile

/** Every gateway, and what it can do. */
public fun gateways(): List<GatewayProfile> = call { wamux.bindings.gateways() }

/**
 * The request that a message becomes, checked against the gateway's rules. It needs no credentials: absent and present
 * ones alike show as `***`.
 *
 * @param settings the gateway's, by the names of the command line: `from`, `region`, `template_namespace`, `base_url`
 * @throws ValidationException with every rule that the message breaks
 * @throws UnsupportedException where the gateway cannot say this
 * @throws ConfigurationException for an unknown gateway, or a setting that is wrong
 */
public fun buildRequest(gateway: String, message: Message, settings: Map<String, String> = emptyMap()): Request =
    call { wamux.bindings.buildRequest(gateway, message, settings) }

/**
 * The request that a call beyond sending becomes, such as `mark_as_read`, checked against the gateway's rules. It needs
 * no credentials: absent and present ones alike show as `***`.
 *
 * @param arguments JSON text, such as `{"message_id": "…"}`
 * @param length how many bytes the call uploads, which the app sends as the request's body
 * @throws ValidationException with every rule that the arguments break
 * @throws ConfigurationException for an unknown gateway or call, or a setting that is wrong
 */
public fun buildCall(
    gateway: String,
    call: String,
    arguments: String = "{}",
    settings: Map<String, String> = emptyMap(),
    length: ULong? = null,
): Request = call { wamux.bindings.buildCall(gateway, call, arguments, settings, length) }

/**
 * Checks a gateway's native payload, for those who write it themselves. Warnings are among the violations.
 *
 * @param payload JSON text
 * @param call the name of one of the gateway's calls; without it, the send call
 * @throws ValidationException for text that is not JSON
 * @throws ConfigurationException for an unknown gateway or call
 */
public fun validatePayload(gateway: String, payload: String, call: String? = null): List<Violation> =
    call { wamux.bindings.validatePayload(gateway, payload, call) }

/**
 * Reads a webhook's body: all its items, in order. An item that cannot be read is an `Event.Error` beside the others.
 *
 * @param body the bytes as they came, at most 1 MiB
 * @throws ProtocolException for a body that cannot be read at all
 * @throws ConfigurationException for an unknown gateway
 */
public fun parseWebhook(gateway: String, body: ByteArray): List<Event> =
    call { wamux.bindings.parseWebhook(gateway, body) }

/**
 * Reads the answer to a send call: a receipt for each message that the gateway accepted, and a failure with a
 * [WamuxException] for each that it refused.
 *
 * @param body the bytes as they came
 * @param status the answer's HTTP status, 0 to 65,535
 * @throws ConfigurationException for an unknown gateway, or a number that is no status
 */
public fun parseResponse(gateway: String, body: ByteArray, status: Int = 200): List<Result<Receipt>> {
    if (status !in 0..UShort.MAX_VALUE.toInt()) throw noStatus(status)
    return call { wamux.bindings.parseResponse(gateway, body, status.toUShort()) }.map { outcome ->
        when (outcome) {
            is Outcome.Accepted -> Result.success(outcome.receipt)
            is Outcome.Failed -> Result.failure(exception(outcome.details))
        }
    }
}

/**
 * Reads the answer to a call beyond sending: what it says, as JSON text; `null` where it says no more than that it is
 * done.
 *
 * @param body the bytes as they came
 * @param status the answer's HTTP status, 0 to 65,535
 * @throws WamuxException for what the gateway refuses, and for an answer that cannot be read
 * @throws ConfigurationException for an unknown gateway or call, or a number that is no status
 */
public fun parseCallResponse(gateway: String, call: String, body: ByteArray, status: Int = 200): String {
    if (status !in 0..UShort.MAX_VALUE.toInt()) throw noStatus(status)
    return call { wamux.bindings.parseCallResponse(gateway, call, body, status.toUShort()) }
}

/**
 * Reads a phone number as a person wrote it.
 *
 * @param region where the number is dialled, by two letters; without it, only international forms are read
 * @param strict whether to refuse a number that is possible but not assigned
 * @throws PhoneNumberException for what is no phone number
 * @throws ConfigurationException for an unknown region
 */
public fun normalizePhone(text: String, region: String? = null, strict: Boolean = false): PhoneNumber =
    call { wamux.bindings.normalizePhone(text, region, strict) }

/**
 * Reads a message from JSON text.
 *
 * @throws ValidationException with every fault of its structure
 */
public fun messageFromJson(json: String): Message = call { wamux.bindings.messageFromJson(json) }

/**
 * Writes a message as JSON text, in full.
 *
 * @throws ValidationException for what JSON has no form for: text that is not Unicode, a number that is not finite
 */
public fun messageToJson(message: Message): String = call { wamux.bindings.messageToJson(message) }
