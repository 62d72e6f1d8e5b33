/* A disk on which making something durable takes five milliseconds, preloaded into a server: cc -shared -fPIC -o slow_disk.so slow_disk.c */
#include <time.h>

static int slowly(void) {
    const struct timespec pause = {0, 5 * 1000 * 1000};
    nanosleep(&pause, 0);
    return 0;
}

int fsync(int file) {
    (void)file;
    return slowly();
}

int fdatasync(int file) {
    (void)file;
    return slowly();
}
