package wamux.vectors

import java.lang.reflect.Modifier
import wamux.WamuxException
import wamux.message
import wamux.messageToJson
import wamux.model.ChatContent
import wamux.model.ChatContext
import wamux.model.ChatMessage
import wamux.model.Code
import wamux.model.Contact
import wamux.model.Content
import wamux.model.Event
import wamux.model.Receipt
import wamux.model.Status
import wamux.model.SystemNotice
import wamux.model.TtlUnit

/** The JSON of a record, member by member: what the types say, so that a member that got lost on the way is missed. */
internal fun json(value: Any?): Json =
    when (value) {
        null, is Boolean, is Number, is UShort, is UInt, is ULong -> Json.parse(value.toString())
        is String -> Json.of(value)
        is Code -> Json.of(value.name.lowercase().replace('_', '.'))
        is TtlUnit -> Json.of(value.name)
        is Enum<*> -> Json.of(value.name.lowercase())
        is List<*> -> Json.Array(value.map(::json))
        is Receipt -> Json.of(members(value) + ("status" to Json.of("accepted")))
        is Event -> event(value)
        is Status -> Json.of(members(value) + foreign("pricing" to value.pricing, "conversation" to value.conversation))
        is ChatMessage -> Json.of(members(value) + foreign("referral" to value.referral, "identity" to value.identity))
        is ChatContent.Contacts -> Json.of(mapOf("type" to Json.of("contacts"), "contacts" to contacts(value.contacts)))
        is ChatContext -> Json.of(if (value.mentions.isEmpty()) members(value) - "mentions" else members(value))
        is SystemNotice -> Json.of(members(value) - "kind" + ("type" to Json.of(value.kind)))
        is WamuxException -> error(value)
        else -> Json.of(members(value))
    }

/** An event is one object: the members of what it bears stand beside its type. */
private fun event(event: Event): Json {
    val borne = when (event) {
        is Event.Status -> event.status
        is Event.Message -> event.message
        is Event.Chat -> event.chat
        is Event.Error -> event.error
    }
    return Json.of(mapOf("type" to Json.of(variant(event))) + (json(borne) as Json.Object).members)
}

/** What a gateway says in its own words is JSON already. */
private fun foreign(vararg members: Pair<String, String?>): Map<String, Json> =
    buildMap { members.forEach { (name, text) -> text?.let { put(name, Json.parse(it)) } } }

/** Cards are written as those of a message that is sent. */
private fun contacts(cards: List<Contact>): Json {
    val message = message("+79034567890", Content.Contacts(cards))
    return (Json.parse(messageToJson(message)) as Json.Object)["contacts"]!!
}

private fun error(error: WamuxException): Json =
    Json.of(
        present(
            "kind" to error.kind,
            "delivery" to error.delivery,
            "retryable" to error.retryable,
            "retry_after" to error.retryAfter,
            "gateway" to error.gateway,
            "http_status" to error.httpStatus,
            "code" to error.code,
            "message" to error.context,
            "reasons" to error.reasons,
            "violations" to error.violations,
            "attempts" to error.attempts,
            "raw" to error.raw,
        ),
    )

/** The members that are there; a variant of a sealed class has its type too. */
private fun members(record: Any): Map<String, Json> {
    val type = record.javaClass
    check(type.packageName.startsWith("wamux.")) { "$type is no record" }
    val fields = type.declaredFields.filterNot { Modifier.isStatic(it.modifiers) }
    val members = fields.map { field ->
        field.isAccessible = true
        name(field.name) to field.get(record)
    }
    val isVariant = type.superclass != Any::class.java
    return present(*members.toTypedArray()) +
        if (isVariant) mapOf("type" to Json.of(variant(record))) else emptyMap()
}

private fun present(vararg members: Pair<String, Any?>): Map<String, Json> =
    members.filter { it.second != null }.associate { (name, value) -> name to json(value) }

private fun variant(value: Any): String = snake(value.javaClass.simpleName).removePrefix("_")

private fun name(field: String): String = if (field == "reference") "ref" else snake(field)

private fun snake(name: String): String = name.replace(Regex("[A-Z]")) { "_${it.value.lowercase()}" }
