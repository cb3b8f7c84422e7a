namespace ActionMail.Cli.Dev;

/// <summary>What is printed when the emulator is ready: where to look, how to sign in, what to click.</summary>
internal static class Welcome
{
    public static string Text(DevSettings settings) => $"""

        ActionMail is running (emulator).

          Inbox      {settings.Inbox}
          Groups     {settings.Groups}  the sample service that sends the mails
          SMTP       127.0.0.1:{settings.SmtpPort}
          Data       {settings.DataFolder}

        1. Open {settings.Inbox}sign-in and pick Adele Vance (owner@contoso.test). There are no passwords in the emulator.
        2. Open the mail from Contoso Groups and press Approve: the card changes in place.
        3. For the next mail open {settings.Groups}: ask to join, or propose members.

        Ctrl-C stops all of it. Start again with ./run: the data stays.

        """;
}
