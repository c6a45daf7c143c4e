/* What the machine can do at most: for each line on standard input the multiply-adds of f32 a second, counted as two operations, and the
 * bytes a second that are read from memory, over as many threads as the argument says.
 *
 *     cc -O3 -march=native -ffp-contract=fast -pthread scripts/limit.c -o limit
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef float lanes __attribute__((vector_size(64)));

enum { CHAINS = 16, STEPS = 400000, LANES = 16 };
/* Far more than any cache holds. */
static const size_t MEMORY = 512u << 20;

static int threads;
static lanes *memory;
static float sinks[256];

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

/* Chains that do not wait for each other, in registers alone. */
static void *multiply_add(void *which) {
    lanes sums[CHAINS], factor, summand;
    for (int lane = 0; lane < LANES; lane++) {
        factor[lane] = 0.999f + lane * 1e-6f;
        summand[lane] = 0.001f;
    }
    for (int chain = 0; chain < CHAINS; chain++) sums[chain] = summand * (float)chain;
    for (int step = 0; step < STEPS; step++)
        for (int chain = 0; chain < CHAINS; chain++) sums[chain] = sums[chain] * factor + summand;
    for (int chain = 0; chain < CHAINS; chain++) sinks[(long)which] += sums[chain][0];
    return NULL;
}

static void *read_all(void *which) {
    size_t each = MEMORY / sizeof(lanes) / threads;
    const lanes *from = memory + each * (long)which;
    lanes sums[8] = {0};
    for (size_t at = 0; at + 8 <= each; at += 8)
        for (int chain = 0; chain < 8; chain++) sums[chain] += from[at + chain];
    for (int chain = 0; chain < 8; chain++) sinks[(long)which] += sums[chain][0];
    return NULL;
}

static double seconds(void *(*work)(void *)) {
    pthread_t running[256];
    double start = now();
    for (long thread = 0; thread < threads; thread++) pthread_create(&running[thread], NULL, work, (void *)thread);
    for (long thread = 0; thread < threads; thread++) pthread_join(running[thread], NULL);
    return now() - start;
}

int main(int count, char **arguments) {
    threads = count > 1 ? atoi(arguments[1]) : 1;
    if (threads < 1 || threads > 256) {
        fprintf(stderr, "limit THREADS, from 1 to 256\n");
        return 2;
    }
    memory = aligned_alloc(64, MEMORY);
    if (!memory) return 1;
    for (size_t at = 0; at < MEMORY / sizeof(lanes); at++) memory[at] = (lanes){(float)at};
    printf("0\n");
    fflush(stdout);
    char line[256];
    while (fgets(line, sizeof line, stdin)) {
        double operations = 2.0 * LANES * CHAINS * STEPS * threads;
        printf("%.6e %.6e\n", operations / seconds(multiply_add), MEMORY / seconds(read_all));
        fflush(stdout);
    }
    return sinks[0] == 42.0f;
}
