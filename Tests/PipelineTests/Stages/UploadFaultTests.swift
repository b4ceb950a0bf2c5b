import FoundationEssentials
import Testing

@testable import Pipeline
@testable import Stores

/// Runs go through a proxy that spoils one request in five to a server that somebody else wrote: none is lost, in part or
/// mixed with another one's.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["FLUKE_TEST_S3_FAULTY_ENDPOINT"] != nil,
    "FLUKE_TEST_S3_FAULTY_ENDPOINT is not set; scripts/test-s3 starts the proxy and sets it"))
struct UploadFaultTests {
  private static let variables = ProcessInfo.processInfo.environment
  private static let uploads = variables["FLUKE_TEST_UPLOADS"].flatMap { Int($0) } ?? 50

  private func store(_ url: String, _ prefix: String) throws -> S3Store {
    var timeouts = HTTPTimeouts()
    timeouts.stall = 1
    let interruption = Interruption()
    let transport = CurlTransport(connections: Upload.mostAtOnce)
    return S3Store(
      location: try S3Location("s3://fluke-tests/\(prefix)"),
      client: S3Client(
        endpoint: try S3Endpoint(url: url, region: "us-east-1"),
        credentials: CredentialChain(
          environment: AWSEnvironment(variables: Self.variables), transport: transport),
        transport: transport,
        retry: RetryPolicy(attempts: 16, firstBound: 0.002, longestBound: 0.05, sleep: interruption.sleep),
        timeouts: timeouts, now: { Date() }), interruption: interruption)
  }

  @Test func everySetEndsWhole() throws {
    let faulty = try #require(Self.variables["FLUKE_TEST_S3_FAULTY_ENDPOINT"])
    let direct = try #require(Self.variables["FLUKE_TEST_S3_ENDPOINT"])
    var retries = 0
    var retriesOfReading = 0
    var written = 0
    // Every prefix is written several times, each time with a later run, as by somebody who tries again.
    let perPrefix = 5
    for number in 0..<Self.uploads {
      let prefix = "faults/\(number / perPrefix)"
      let source = try UploadTests.run(5, version: number)
      let report = try Upload.run(
        from: source, to: try store(faulty, prefix), interruption: Interruption())
      retries += report.retried
      written += report.uploaded
      let target = try store(direct, prefix)
      let expected = source.contents.filter { $0.key != "notes.txt" }
      #expect(try target.list(prefix: "") == expected.keys.sorted())
      for (key, bytes) in expected { #expect(try target.get(key) == bytes) }
      // The way back is spoiled just as well.
      let back = try store(faulty, prefix)
      if number % perPrefix == 0 {
        for (key, bytes) in expected { #expect(try back.get(key) == bytes) }
      }
      retriesOfReading += back.retries
      #expect(target.retries == 0)
    }
    #expect(retries > Self.uploads / 4)
    StandardError.write(
      "UploadFaultTests: \(Self.uploads) uploads, \(written) objects, \(retries) retries, and \(retriesOfReading) of "
        + "reading back\n")
  }
}
