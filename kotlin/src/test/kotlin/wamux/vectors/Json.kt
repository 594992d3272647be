package wamux.vectors

import com.fasterxml.jackson.core.JsonFactory
import com.fasterxml.jackson.core.JsonParser
import com.fasterxml.jackson.core.JsonToken
import com.fasterxml.jackson.core.StreamReadFeature

/** A JSON value that keeps its text and the order of its members, which the body of a request is compared by. */
internal sealed class Json {
    /** The text without the white space between its tokens. */
    abstract val text: String

    class Object(val members: List<Pair<String, Json>>, override val text: String) : Json() {
        operator fun get(name: String): Json? = members.firstOrNull { it.first == name }?.second
    }

    class Array(val elements: List<Json>) : Json() {
        override val text = elements.joinToString(",", "[", "]") { it.text }
    }

    /** A string, a number, a truth value, or null. */
    class Scalar(val value: Any?, override val text: String) : Json()

    /** The string that this is, if it is one. */
    val string: String? get() = (this as? Scalar)?.value as? String

    override fun toString(): String = text

    companion object {
        private val factory: JsonFactory =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build()

        fun parse(source: String): Json =
            factory.createParser(source).use { parser ->
                parser.nextToken()
                Reader(source, parser).value().also { check(parser.nextToken() == null) { "more than one value" } }
            }

        fun of(members: Map<String, Json>): Object =
            Object(members.toList(), members.entries.joinToString(",", "{", "}") { "${quote(it.key)}:${it.value.text}" })

        fun of(text: String): Json = Scalar(text, quote(text))

        private fun quote(text: String) =
            java.io.StringWriter().also { out -> factory.createGenerator(out).use { it.writeString(text) } }.toString()
    }
}

private val NAME = Regex("\"(?:[^\"\\\\]|\\\\.)*\"")

private class Reader(private val source: String, private val parser: JsonParser) {
    fun value(): Json =
        when (parser.currentToken()) {
            JsonToken.START_OBJECT -> members()
            JsonToken.START_ARRAY -> Json.Array(elements())
            JsonToken.VALUE_STRING -> Json.Scalar(parser.text, token())
            // `1` and `1.0` differ, as they do to the gateways.
            JsonToken.VALUE_NUMBER_INT -> Json.Scalar(parser.bigIntegerValue, token())
            JsonToken.VALUE_NUMBER_FLOAT -> Json.Scalar(parser.doubleValue, token())
            JsonToken.VALUE_TRUE, JsonToken.VALUE_FALSE -> Json.Scalar(parser.booleanValue, token())
            JsonToken.VALUE_NULL -> Json.Scalar(null, token())
            else -> error("not a value: ${parser.currentToken()}")
        }

    private fun members(): Json {
        val members = mutableListOf<Pair<String, Json>>()
        val texts = mutableListOf<String>()
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            val name = parser.currentName()
            // The parser reads on to the value; the name as it is written ends with its quote.
            val nameText = NAME.matchAt(source, parser.currentTokenLocation().charOffset.toInt())!!.value
            parser.nextToken()
            val value = value()
            members += name to value
            texts += "$nameText:${value.text}"
        }
        return Json.Object(members, texts.joinToString(",", "{", "}"))
    }

    private fun elements(): List<Json> = buildList { while (parser.nextToken() != JsonToken.END_ARRAY) add(value()) }

    /** The current token as it is written. */
    private fun token(): String {
        parser.finishToken()
        val start = parser.currentTokenLocation().charOffset.toInt()
        return source.substring(start, parser.currentLocation().charOffset.toInt()).trim()
    }
}
