namespace ActionMail.Cli.Terminal;

/// <summary>A file that the caller named. What cannot be read is bad input, not a bug.</summary>
internal static class InputFile
{
    /// <summary>Largest file that any command reads: as large as the largest mail that the platform takes. 10 MiB.</summary>
    private const long MaxBytes = 10 * 1024 * 1024;

    public static bool TryReadText(string path, out string text, out string problem)
    {
        var read = TryReadBytes(path, out var bytes, out problem);
        text = read ? new StreamReader(new MemoryStream(bytes)).ReadToEnd() : "";
        return read;
    }

    /// <summary>Reads a whole file, or standard input where the path is "-".</summary>
    public static bool TryReadBytes(string path, out byte[] bytes, out string problem)
    {
        (bytes, problem) = ([], "");
        try
        {
            using var source = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            using var whole = new MemoryStream();
            var buffer = new byte[81920];
            for (var n = source.Read(buffer); n > 0; n = source.Read(buffer))
            {
                whole.Write(buffer, 0, n);
                if (whole.Length > MaxBytes)
                {
                    problem = $"{path} is larger than {MaxBytes} bytes; give a smaller file.";
                    return false;
                }
            }
            bytes = whole.ToArray();
            return true;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            problem = broken is FileNotFoundException or DirectoryNotFoundException
                ? $"There is no file {path}; check the path."
                : $"{path} cannot be read ({broken.Message.TrimEnd('.')}); check that it is a file and its permissions.";
            return false;
        }
    }
}
