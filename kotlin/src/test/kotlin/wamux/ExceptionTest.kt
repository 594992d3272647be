package wamux

import kotlin.reflect.KClass
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import wamux.model.Content
import wamux.model.Delivery
import wamux.model.Kind
import wamux.model.Text

/** What a call throws. */
internal class ExceptionTest {
    private val message = message("+79034567890", Content.Text(Text("Hi")))

    private fun <E : WamuxException> thrown(type: KClass<E>, block: () -> Unit): E = assertThrows(type.java, block)

    @Test
    fun `a wrong message has its violations`() {
        val wrong = message.copy(to = "+7 903", from = "MyCompany")
        val error = thrown(ValidationException::class) { buildRequest("devino-v2", wrong) }
        assertEquals(listOf("to"), error.violations.map { it.path })
        assertEquals(Kind.VALIDATION to Delivery.NOT_SENT, error.kind to error.delivery)
        assertEquals("devino-v2", error.gateway)
        assertTrue(error.message!!.startsWith("devino-v2: validation: to: "), error.message)
    }

    @Test
    fun `what the gateway lacks is a class of its own`() {
        val error = thrown(UnsupportedException::class) { buildRequest("chat-api", message.copy(ttl = 60uL)) }
        assertEquals(listOf("ttl"), error.violations.map { it.path })
    }

    @Test
    fun `settings, gateways, calls and regions are configuration`() {
        val calls: List<() -> Unit> = listOf(
            { buildRequest("devino", message) },
            { buildRequest("devino-v2", message, mapOf("sender" to "MyCompany")) },
            { validatePayload("chat-api", "{}", call = "sendFax") },
            { parseWebhook("", byteArrayOf()) },
            { parseResponse("devino-v2", byteArrayOf(), status = 70_000) },
            { normalizePhone("+79034567890", region = "Russia") },
        )
        for (call in calls) thrown(ConfigurationException::class, call)
    }

    @Test
    fun `a phone number that cannot be read has a code`() {
        val error = thrown(PhoneNumberException::class) { normalizePhone("+7 903 CALL-NOW") }
        assertEquals("letters" to Kind.VALIDATION, error.code to error.kind)
    }

    @Test
    fun `a refusal has what the gateway said`() {
        val answer = """{"code":"2312","description":"no session"}""".toByteArray()
        val error = parseResponse("devino-v2", answer, status = 429).single().exceptionOrNull()
        assertTrue(error is RateLimitedException, error.toString())
        assertEquals(429, (error as WamuxException).httpStatus)
    }

    @Test
    fun `every kind has a class`() {
        val details = thrown(ConfigurationException::class) { parseWebhook("", byteArrayOf()) }
        assertEquals(Kind.CONFIGURATION, details.kind)
        val classes = Kind.entries.map { exception(details(it, "line")).javaClass }
        assertEquals(Kind.entries.size, classes.toSet().size)
        for ((kind, type) in Kind.entries.zip(classes)) {
            assertEquals("${kind.name.replace("_", "")}EXCEPTION", type.simpleName.uppercase())
        }
    }
}
