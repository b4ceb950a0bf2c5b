import Backtesting
import Dispatch
import FoundationEssentials
import Glibc
import Kernels
import Statistics

// Fluke's own work in a process that stays: what scripts/compare puts beside other software.
// Usage: engine CASE FOLDER [KEY=VALUE...], told by lines on standard input:
//
//   run           do the work once; answers with its seconds, input already in memory, result still there
//   result FILE   write the last result as one JSON object of arrays
//   export FILE   write what the work is given and others need, as raw doubles; linear only
//   facts         answer with one JSON object about what runs

FreeMemory.keep()
let arguments = Arguments(CommandLine.arguments)
let threads = arguments["threads", default: 2]
let library = try OpenBLAS.prepare(threads: threads)
let subject = try Subject.named(arguments.name, arguments)
var result: (() -> [String: [Double]])?

while let line = readLine() {
  let words = line.split(separator: " ", maxSplits: 1).map(String.init)
  switch (words.first, words.count, result) {
  case ("run", 1, _):
    let start = DispatchTime.now().uptimeNanoseconds
    result = try subject.run()
    print(Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9)
  case ("result", 2, .some(let result)):
    try write(Data(json(result()).utf8), to: words[1])
    print("written")
  case ("export", 2, _):
    try write(subject.given().withUnsafeBytes { Data($0) }, to: words[1])
    print("written")
  case ("facts", 1, _):
    print(
      "{\"OpenBLAS\":\"\(library.configuration)\",\"kernel\":\"\(ProcessorLevel.current.name)\",\"threads\":\"\(threads)\"}"
    )
  default:
    fatalError("standard input: found \"\(line)\", needed run, result FILE after a run, export FILE or facts")
  }
  // The other side waits for the answer.
  fflush(nil)
}

func write(_ data: Data, to path: String) throws {
  try data.write(to: URL(filePath: path), options: .atomic)
}

/// NaN stands in it as Python's reader of JSON has it.
func json(_ columns: [String: [Double]]) -> String {
  let members = columns.sorted { $0.key < $1.key }.map { name, values in
    "\"\(name)\":[" + values.map { $0.isNaN ? "NaN" : "\($0)" }.joined(separator: ",") + "]"
  }
  return "{" + members.joined(separator: ",") + "}\n"
}
