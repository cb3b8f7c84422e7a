namespace ActionMail.Cli.Dev;

/// <summary>One of the programs that make up the emulator: a .dll that dotnet runs, or an executable.</summary>
internal sealed record EmulatorProgram(string Name, string Path)
{
    /// <summary>Where it runs: its project in a checkout, so that pages and assets are found; else beside the program.</summary>
    public string WorkingDirectory { get; init; } = System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>A program that the caller named.</summary>
    public static bool TryNamed(string name, string path, out EmulatorProgram program, out string problem)
    {
        program = new(name, System.IO.Path.GetFullPath(path));
        problem = File.Exists(program.Path) ? "" : $"There is no {name} program {program.Path}; check the path.";
        return problem.Length == 0;
    }

    /// <summary>
    /// A program of this checkout, in the same configuration as this one: …/src/ActionMail.Cli/bin/Debug/net10.0/ has
    /// …/src/ActionMail.Server/bin/Debug/net10.0/ beside it.
    /// </summary>
    public static bool TryBuilt(string name, string project, string assembly, string option, out EmulatorProgram program, out string problem)
    {
        var output = System.IO.Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var checkout = System.IO.Path.GetFullPath(System.IO.Path.Combine(output, "..", "..", "..", "..", ".."));
        var folder = System.IO.Path.Combine(checkout, project);
        var framework = System.IO.Path.GetFileName(output);
        var configuration = System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(output)!);
        program = new(name, System.IO.Path.Combine(folder, "bin", configuration, framework, assembly + ".dll")) { WorkingDirectory = folder };
        problem = File.Exists(program.Path)
            ? ""
            : $"The {name} program is not built ({program.Path}); start with ./run in a checkout, which builds it, or name it with {option} PATH.";
        return problem.Length == 0;
    }
}
