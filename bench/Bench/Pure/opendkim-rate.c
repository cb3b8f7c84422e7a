/* Verifies one mail with libopendkim for some seconds and prints how often in a second: opendkim-rate MAIL KEYRECORD SECONDS. */
#include <opendkim/dkim.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static char record[8192];

static char *slurp(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(1 << 20);
    if (file == NULL || bytes == NULL)
        exit(2);
    *length = fread(bytes, 1, (1 << 20) - 1, file);
    bytes[*length] = 0;
    fclose(file);
    return bytes;
}

static DKIM_CBSTAT give_key(DKIM *dkim, DKIM_SIGINFO *signature, unsigned char *to, size_t size)
{
    (void)dkim;
    (void)signature;
    snprintf((char *)to, size, "%s", record);
    return DKIM_CBSTAT_CONTINUE;
}

/* A field ends where the next line does not begin with white space. */
static char *end_of_field(char *at)
{
    do
        at = strchr(at, '\n') + 1;
    while (*at == ' ' || *at == '\t');
    return at;
}

static int verify(DKIM_LIB *library, char *mail, size_t length)
{
    DKIM_STAT status;
    _Bool testing;
    char *at = mail;
    DKIM *dkim = dkim_verify(library, (unsigned char *)"bench", NULL, &status);
    if (dkim == NULL)
        return 0;
    while (*at != '\r') {
        char *end = end_of_field(at);
        dkim_header(dkim, (unsigned char *)at, (size_t)(end - at - 2));
        at = end;
    }
    at += 2;
    dkim_eoh(dkim);
    dkim_body(dkim, (unsigned char *)at, length - (size_t)(at - mail));
    status = dkim_eom(dkim, &testing);
    dkim_free(dkim);
    return status == DKIM_STAT_OK;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int count, char **arguments)
{
    size_t length, key_length;
    if (count != 4)
        return 2;
    char *mail = slurp(arguments[1], &length);
    char *key = slurp(arguments[2], &key_length);
    snprintf(record, sizeof record, "%s", key);
    DKIM_LIB *library = dkim_init(NULL, NULL);
    dkim_set_key_lookup(library, give_key);
    double seconds = atof(arguments[3]), began = now();
    long done = 0;
    while (now() - began < seconds) {
        for (int i = 0; i < 16; i++, done++)
            if (!verify(library, mail, length))
                return 1;
    }
    printf("%.3f\n", (double)done / (now() - began));
    return 0;
}
