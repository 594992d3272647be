package wamux

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import wamux.model.Code
import wamux.model.Content
import wamux.model.Location
import wamux.model.Options
import wamux.model.Parameter
import wamux.model.RapportoOptions
import wamux.model.Component
import wamux.model.ComponentKind
import wamux.model.Schedule
import wamux.model.Text

/** What a Kotlin value can hold and JSON cannot: it is a violation at its path, and never crashes or changes a text. */
internal class UnicodeTest {
    private val lone = "Hi \uD83D there"

    private fun faults(block: () -> Unit): List<Pair<String, Code>> =
        assertThrows(ValidationException::class.java, block).violations.map { it.path to it.code }

    private fun invalid(vararg paths: String) = paths.map { it to Code.INVALID }

    @Test
    fun `a lone surrogate is invalid at its path`() {
        val text = message("+79034567890", Content.Text(Text(lone)))
        assertEquals(invalid("text.body"), faults { buildRequest("devino-v2", text) })
        assertEquals(invalid("text.body"), faults { messageToJson(text) })
        val body = Component(ComponentKind.BODY, parameters = listOf(Parameter.Text("17"), Parameter.Text(lone)))
        val template = message("+79034567890", Content.Template(template("order", "en", listOf(body))))
        val path = "template.components[0].parameters[1].text"
        assertEquals(invalid(path), faults { buildRequest("devino-v2", template) })
        val named = text.copy(
            content = Content.Text(Text("Hi")),
            options = Options(rapporto = RapportoOptions(extraParam = mapOf(lone to "1"))),
        )
        assertEquals(invalid("options.rapporto.extra_param"), faults { buildRequest("rapporto", named) })
    }

    @Test
    fun `a lone surrogate in JSON text is invalid at its path`() {
        val json = """{"to": "+79034567890", "type": "text", "text": {"body": "$lone"}}"""
        assertEquals(invalid("text.body"), faults { messageFromJson(json) })
        val payload = """{"from": null, "to": "79034567890", "type": "text", "text": {"body": "$lone"}}"""
        assertEquals(invalid("text.body"), faults { validatePayload("devino-v2", payload) })
        // An escape that stands for one is no JSON at all.
        assertEquals(invalid(""), faults { messageFromJson(json.replace("\uD83D", "\\ud83d")) })
    }

    @Test
    fun `a lone surrogate in an argument is that argument's fault`() {
        val message = message("+79034567890", Content.Text(Text("Hi")))
        val setting = assertThrows(ConfigurationException::class.java) {
            buildRequest("devino-v2", message, mapOf("from" to lone))
        }
        assertTrue("from must be Unicode text" in setting.message!!, setting.message)
        val number = assertThrows(PhoneNumberException::class.java) { normalizePhone("+7903\uD83D4567890") }
        assertEquals("letters", number.code)
    }

    @Test
    fun `a message with a lone surrogate can be shown`() {
        val shown = message("+79034567890", Content.Text(Text(lone))).toString()
        assertTrue("string(10)" in shown, shown)
    }

    @Test
    fun `whole text crosses as it is`() {
        val text = "é Ж 中 👍🏽 \u0000 \uFFFD \uFFFF"
        val message = message("+79034567890", Content.Text(Text(text)))
        assertEquals(message, messageFromJson(messageToJson(message)))
    }

    @Test
    fun `numbers that JSON does not have are invalid`() {
        val place = message("+79034567890", Content.Location(Location(Double.NaN, Double.NEGATIVE_INFINITY)))
        val paths = invalid("location.latitude", "location.longitude")
        assertEquals(paths, faults { buildRequest("devino-v2", place) })
        val text = message("+79034567890", Content.Text(Text("Hi")))
        for (day in listOf(0, 8, 300, -1)) {
            val scheduled = text.copy(schedule = Schedule(weekdays = listOf(1, day)))
            assertEquals(invalid("schedule.weekdays[1]"), faults { buildRequest("rapporto", scheduled) })
        }
    }
}
