package wamux.vectors

/** Where an output differs from what a vector expects, by the rules of `tests/vectors/README.md`. */
internal fun differences(expected: Json, actual: Json): List<String> =
    buildList { compare("output", expected, actual) }

private fun MutableList<String>.compare(path: String, expected: Json, actual: Json) {
    when {
        isElement(path.removeSuffix(".body"), "requests") && path.endsWith(".body") ->
            // The bytes of a body are part of the contract, the order of its members included.
            if (expected.text != actual.text) add("$path: expected $expected, got $actual")
        expected is Json.Object && actual is Json.Object -> compareMembers(path, expected, actual)
        expected is Json.Array && actual is Json.Array -> {
            val (here, there) = expected.elements to actual.elements
            if (here.size != there.size) add("$path: expected ${here.size} elements, got ${there.size}")
            here.zip(there).forEachIndexed { index, (one, other) -> compare("$path[$index]", one, other) }
        }
        expected is Json.Scalar && actual is Json.Scalar && expected.value == actual.value -> {}
        else -> add("$path: expected $expected, got $actual")
    }
}

private fun MutableList<String>.compareMembers(path: String, expected: Json.Object, actual: Json.Object) {
    for ((name, value) in expected.members) {
        val other = actual[name]
        if (other == null) add("$path.$name: expected $value, got nothing") else compare("$path.$name", value, other)
    }
    for ((name, value) in actual.members) {
        if (expected[name] != null || mayBeLeftOut(path, name, expected)) continue
        val isText = name == "message" && isExplained(path)
        if (!isText) {
            add("$path.$name: expected nothing, got $value")
        } else if (value.string.isNullOrEmpty()) {
            add("$path.message: expected a text, got $value")
        }
    }
    val lacksText = expected["message"] == null && actual["message"] == null
    if (lacksText && isExplained(path) && !mayBeLeftOut(path, "message", expected)) {
        add("$path.message: expected a text, got nothing")
    }
}

/** What explains itself with a `message` for people. */
private fun isExplained(path: String) = path.endsWith(".error") || isViolation(path)

private fun isViolation(path: String) = isElement(path, "violations") || isElement(path, "warnings")

/** Whether a vector need not repeat a text: in results and events, and in an error that has a kind. */
private fun mayBeLeftOut(path: String, name: String, expected: Json.Object): Boolean {
    val isText = name in setOf("title", "advice", "description", "message", "raw")
    val isAnswer = path.startsWith("output.results[") || path.startsWith("output.events[")
    return isText && !isViolation(path) && (isAnswer || (path == "output.error" && expected["kind"] != null))
}

private fun isElement(path: String, array: String) = Regex(".*\\.$array\\[\\d+]").matches(path)
