package wamux

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import wamux.model.ButtonKind
import wamux.model.Component
import wamux.model.ComponentKind
import wamux.model.Content
import wamux.model.Event
import wamux.model.Feature
import wamux.model.Media
import wamux.model.MediaSource
import wamux.model.Parameter
import wamux.model.Schedule
import wamux.model.StatusKind
import wamux.model.Text

/** How the package is used. */
internal class ExampleTest {
    private val sender = mapOf("from" to "MyCompany")

    @Test
    fun `a text becomes a request`() {
        val message = message("8 (903) 456-78-90", Content.Text(Text("Code: 1234")))
        val request = buildRequest("devino-v2", message, sender)
        assertEquals("POST https://api.devino.online/whatsapp/v2/messages", "${request.method} ${request.url}")
        assertEquals(
            """{"from":"MyCompany","to":"79034567890","type":"text","text":{"body":"Code: 1234"}}""",
            request.body.decodeToString(),
        )
        assertEquals("application/json", request.headers["content-type"])
    }

    @Test
    fun `a template is filled in`() {
        val template = template(
            "order_shipped",
            "en",
            listOf(
                Component(ComponentKind.BODY, parameters = listOf(Parameter.Text("17"))),
                Component(ComponentKind.BUTTON, ButtonKind.URL, 0u, listOf(Parameter.Text("17"))),
            ),
        )
        val json = messageToJson(message("+79034567890", Content.Template(template)))
        assertEquals(message("+79034567890", Content.Template(template)), messageFromJson(json))
        val button = """{"type":"button","sub_type":"url","index":0,"parameters":[{"type":"text","text":"17"}]}"""
        assertEquals(true, button in json, json)
    }

    @Test
    fun `what else a message has is added to a copy`() {
        val picture = Content.Image(Media(MediaSource.Data(byteArrayOf(1, 2)), mimeType = "image/png"))
        val message = message("+79034567890", picture)
            .copy(clientId = "order-17", ttl = 600uL, schedule = Schedule(weekdays = (1..5).toList()))
        assertEquals(
            """{"to":"+79034567890","type":"image","image":{"data":"AQI=","mime_type":"image/png"},""" +
                """"client_id":"order-17","ttl":600,"schedule":{"weekdays":[1,2,3,4,5]}}""",
            messageToJson(message),
        )
        assertEquals(message, messageFromJson(messageToJson(message)))
    }

    @Test
    fun `a webhook gives a list of events`() {
        val body = """[{"mtNum": "107931706", "status": 9},
            {"transactionId": "51", "sourceAddr": "79034567890", "message": "Yes, please"}]"""
        val told = parseWebhook("rapporto", body.toByteArray()).map { event ->
            when (event) {
                is Event.Status -> "${event.status.messageId} is read: ${event.status.status == StatusKind.READ}"
                is Event.Message -> "${event.message.from} wrote"
                is Event.Chat -> "${event.chat.chatId} changed"
                is Event.Error -> event.error.message
            }
        }
        assertEquals(listOf("107931706 is read: true", "+79034567890 wrote"), told)
    }

    @Test
    fun `an answer gives a result for each message`() {
        val body = """{"result":[{"code":"OK","messageId":"1"},
            {"code":"REJECTED","reasons":[{"key":"2312"}]}]}"""
        val (accepted, refused) = parseResponse("devino-v2", body.toByteArray())
        assertEquals("1", accepted.getOrThrow().messageId)
        assertEquals(true, refused.exceptionOrNull() is WamuxException)
    }

    @Test
    fun `a phone number in any form becomes E164`() {
        val number = normalizePhone("8 (903) 456-78-90", region = "RU", strict = true)
        assertEquals("+79034567890", number.e164)
        assertEquals("RU", number.region)
    }

    @Test
    fun `the gateways tell what they can do`() {
        val able = gateways().filter { Feature.GROUP in it.sends }.map { it.id }
        assertEquals(true, "chat-api" in able, able.toString())
        assertEquals("sendMessage", gateways().first { it.id == "chat-api" }.payloads.first())
    }
}
