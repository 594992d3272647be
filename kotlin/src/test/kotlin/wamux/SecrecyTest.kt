package wamux

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import wamux.model.Content
import wamux.model.Media
import wamux.model.MediaSource
import wamux.model.Message
import wamux.model.Options
import wamux.model.RapportoOptions
import wamux.model.Text

/** Nothing that a person wrote is shown by accident. */
internal class SecrecyTest {
    private val secrets = listOf("4567890", "Bertha", "Secret")

    private fun assertMasked(shown: Any?) {
        val text = shown.toString()
        assertTrue(text.isNotEmpty() && secrets.none { it in text }, text)
    }

    private val message: Message =
        message("+79034567890", Content.Text(Text("Secret"))).copy(
            clientId = "17",
            options = Options(rapporto = RapportoOptions(extraParam = mapOf("tariff" to "Bertha"))),
        )

    @Test
    fun `messages and their parts show their shape`() {
        assertMasked(message)
        assertMasked(message.content)
        assertMasked((message.content as Content.Text).text)
        assertMasked(message.options.rapporto)
        assertMasked(Media(MediaSource.Link("https://example.com/Secret"), caption = "Bertha"))
        assertTrue("+7903•••••90" in message.toString(), message.toString())
        assertTrue("string(6)" in message.toString(), message.toString())
    }

    @Test
    fun `requests, receipts, events and numbers are masked`() {
        assertMasked(buildRequest("devino-v2", message, mapOf("from" to "Bertha", "api_key" to "Secret")))
        assertMasked(normalizePhone("+79034567890"))
        val accepted = """{"mtNum":"1","id":"2","note":"Secret"}""".toByteArray()
        assertMasked(parseResponse("rapporto", accepted).single().getOrThrow())
        val told = """[{"transactionId": "51", "sourceAddr": "79034567890", "message": "Bertha"},
            {"mtNum": "1", "destAddr": "79034567890", "status": 5, "errorCode": 2, "note": "Secret"}, {"x": "Secret"}]"""
        val events = parseWebhook("rapporto", told.toByteArray())
        assertEquals(3, events.size)
        assertMasked(events)
    }

    @Test
    fun `exceptions show neither numbers nor texts`() {
        val long = message.copy(to = "+7 9034567890 Bertha", from = "Secret".repeat(100))
        val error = assertThrows(WamuxException::class.java) { buildRequest("devino-v2", long) }
        assertMasked(error)
        assertMasked(error.stackTraceToString())
        assertMasked(error.violations)
        val answer = parseResponse("devino-v2", "<html>Secret</html>".toByteArray(), 504).single().exceptionOrNull()
        assertMasked(answer)
        assertTrue("Secret" in (answer as WamuxException).raw!!)
    }

    @Test
    fun `credentials never come back`() {
        val settings = mapOf("api_key" to "Secret", "from" to "MyCompany")
        val request = buildRequest("devino-v2", message.copy(options = Options()), settings)
        assertTrue(request.headers.values.none { "Secret" in it }, request.headers.toString())
        assertTrue(request.headers.values.any { "***" in it }, request.headers.toString())
    }
}
