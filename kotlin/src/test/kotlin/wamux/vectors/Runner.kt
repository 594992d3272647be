package wamux.vectors

import java.util.Base64
import wamux.PhoneNumberException
import wamux.Request
import wamux.WamuxException
import wamux.buildCall
import wamux.buildRequest
import wamux.messageFromJson
import wamux.model.Severity
import wamux.normalizePhone
import wamux.parseCallResponse
import wamux.parseResponse
import wamux.parseWebhook
import wamux.validatePayload

/** A command line that a vector gives, answered through this language's own calls. */
internal class Runner(private val command: String, arguments: List<String>, private val input: String) {
    private val flags = flags(arguments)
    private val gateway get() = flags.getValue("gateway")

    fun output(): Json =
        when (command) {
            "build" -> build()
            "validate" -> validate()
            "decode" -> decode()
            "events" -> events()
            "phone" -> phone()
            else -> error("no call does what `$command` does")
        }

    private fun build(): Json =
        try {
            val settings = flags - setOf("gateway", "call", "length")
            val request = when (val call = flags["call"]) {
                null -> buildRequest(gateway, messageFromJson(input), settings)
                else -> buildCall(gateway, call, input, settings, flags["length"]?.toULong())
            }
            val shown = buildMap {
                put("method", Json.of(request.method))
                put("url", Json.of(request.url))
                put("headers", Json.of(request.headers.mapValues { Json.of(it.value) }))
                if (request.body.isNotEmpty()) put("body", body(request))
            }
            val requests = Json.Array(listOf(Json.of(shown)))
            Json.of(mapOf("requests" to requests, "warnings" to json(request.warnings)))
        } catch (error: WamuxException) {
            violations(error)
        }

    /** JSON as it stands, another text as a string, other bytes in base64. */
    private fun body(request: Request): Json {
        val text = try {
            request.body.decodeToString(throwOnInvalidSequence = true)
        } catch (_: CharacterCodingException) {
            val base64 = Base64.getEncoder().encodeToString(request.body)
            return Json.of(mapOf("base64" to Json.of(base64)))
        }
        val isJson = request.headers["content-type"].orEmpty().startsWith("application/json")
        return if (isJson) Json.parse(text) else Json.of(text)
    }

    private fun validate(): Json =
        try {
            val violations = validatePayload(gateway, input, flags["call"])
            val valid = violations.none { it.severity == Severity.ERROR }
            Json.of(mapOf("valid" to json(valid), "violations" to json(violations)))
        } catch (error: WamuxException) {
            violations(error)
        }

    private fun decode(): Json {
        val status = flags["status"]?.toInt() ?: 200
        flags["call"]?.let { return decodeCall(it, status) }
        val results = parseResponse(gateway, input.toByteArray(), status).map { result ->
            result.fold({ mapOf("receipt" to json(it)) }, { mapOf("error" to json(it)) })
        }
        return Json.of(mapOf("results" to Json.Array(results.map(Json::of))))
    }

    private fun decodeCall(call: String, status: Int): Json {
        val result = try {
            mapOf("output" to Json.parse(parseCallResponse(gateway, call, input.toByteArray(), status)))
        } catch (error: WamuxException) {
            mapOf("error" to json(error))
        }
        return Json.of(mapOf("results" to Json.Array(listOf(Json.of(result)))))
    }

    private fun events(): Json =
        try {
            Json.of(mapOf("events" to json(parseWebhook(gateway, input.toByteArray()))))
        } catch (error: WamuxException) {
            Json.of(mapOf("error" to json(error)))
        }

    private fun phone(): Json {
        val answer = try {
            val number = normalizePhone(input, flags["region"], "strict" in flags)
            mapOf("region" to json(null)) + (json(number) as Json.Object).members
        } catch (error: PhoneNumberException) {
            val fault = mapOf("code" to Json.of(error.code!!), "message" to Json.of(error.message!!))
            mapOf("error" to Json.of(fault))
        }
        return Json.of(mapOf("input" to Json.of(input)) + answer)
    }

    private fun violations(error: WamuxException): Json {
        val members = mapOf("kind" to json(error.kind), "violations" to json(error.violations))
        return Json.of(mapOf("error" to Json.of(members)))
    }
}

/** `--template-namespace x` is the setting `template_namespace`. */
private fun flags(arguments: List<String>): Map<String, String> =
    buildMap {
        val rest = ArrayDeque(arguments)
        while (rest.isNotEmpty()) {
            val flag = rest.removeFirst()
            check(flag.startsWith("--")) { "`$flag` is no flag" }
            val name = flag.drop(2).substringBefore('=').replace('-', '_')
            val value = when {
                '=' in flag -> flag.substringAfter('=')
                name in setOf("strict", "whole", "instance_in_query") -> "true"
                else -> rest.removeFirst()
            }
            put(name, value)
        }
    }
