import Testing

@testable import Kernels

@Suite("OpenBLAS")
struct OpenBLASTests {
  @Test(
    "a core older than the processor is replaced, and only then",
    arguments: [
      ("Prescott", 4, "SkylakeX"), ("Haswell", 4, "SkylakeX"), ("Zen", 4, "SkylakeX"), ("SkylakeX", 4, nil),
      ("Cooperlake", 4, nil), ("Prescott", 3, "Haswell"), ("Zen", 3, nil), ("Haswell", 3, nil),
      ("Prescott", 1, nil), ("armv8", 0, nil),
    ] as [(String, Int, String?)])
  func core(found: String, level: Int, expected: String?) {
    #expect(OpenBLAS.betterCore(than: found, processorLevel: level) == expected)
  }

  @Test("prepared, it names a core that does the processor justice")
  func prepared() throws {
    let library = try OpenBLAS.prepare(threads: 2)
    #expect(!library.core.isEmpty)
    #expect(library == OpenBLAS.current)
    #expect(try OpenBLAS.prepare(threads: 2) == library)
  }
}
