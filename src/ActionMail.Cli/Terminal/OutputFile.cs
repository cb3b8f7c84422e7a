namespace ActionMail.Cli.Terminal;

/// <summary>A file that the caller wants written. What cannot be written is bad input, not a bug.</summary>
internal static class OutputFile
{
    public static bool TryWrite(string path, ReadOnlySpan<byte> bytes, out string problem)
    {
        problem = "";
        try
        {
            File.WriteAllBytes(path, bytes);
            return true;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            problem = $"{path} cannot be written ({broken.Message.TrimEnd('.')}); check the folder and its permissions.";
            return false;
        }
    }
}
