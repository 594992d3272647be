package wamux.vectors

import java.io.File
import java.util.stream.Stream
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicContainer
import org.junit.jupiter.api.DynamicContainer.dynamicContainer
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory

/** Runs every vector of `tests/vectors`, one test each, in the order of the files. */
internal class VectorsTest {
    private val root = File(System.getProperty("vectors"))
    private val files = root.walk().filter { it.extension == "json" }.sorted().associate { file ->
        file.relativeTo(root).invariantSeparatorsPath to (Json.parse(file.readText()) as Json.Array).elements
    }

    @TestFactory
    fun vectors(): Stream<DynamicContainer> =
        files.entries.stream().map { (file, vectors) ->
            val tests = vectors.map { it as Json.Object }.filterNot { "$file: ${it["name"]!!.string}" in EXCLUSIONS }
            dynamicContainer(file, tests.map { vector -> dynamicTest(vector["name"]!!.string) { check(vector) } })
        }

    @Test
    fun `there are vectors in every folder`() {
        val folders = files.filterValues { it.isNotEmpty() }.keys.map { it.substringBefore('/') }.toSet()
        assertEquals(setOf("build", "calls", "decode", "events", "phone", "validate"), folders)
    }

    @Test
    fun `every exclusion matches a vector`() {
        val names = files.flatMap { (file, vectors) -> vectors.map { "$file: ${(it as Json.Object)["name"]!!.string}" } }
        assertEquals(emptySet<String>(), EXCLUSIONS.keys - names.toSet())
        assertTrue(EXCLUSIONS.values.all { it.isNotBlank() })
    }

    private fun check(vector: Json.Object) {
        val input = vector["input"]!!
        val arguments = (vector["args"] as Json.Array).elements.map { it.string!! }
        // A string is the line as it stands; any other value is written as compact JSON.
        val runner = Runner(vector["command"]!!.string!!, arguments, input.string ?: input.text)
        assertEquals(emptyList<String>(), differences(vector["output"]!!, runner.output()))
    }

    private companion object {
        /** The vectors that this language cannot run, as `file: name`, and why. */
        val EXCLUSIONS: Map<String, String> = mapOf()
    }
}
