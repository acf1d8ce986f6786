;; The comparison kernel for engines without 128-bit vectors: popcount of the AND of two filters, 8 bytes at a time.
(module
  (memory (export "memory") 1)

  ;; Compares one filter with the columns [$column, $end) and writes the pairs whose overlap is large enough.
  ;;   $row       address of the filter
  ;;   $columns   address of column 0; columns lie $stride bytes apart, $stride is a multiple of 16
  ;;   $popcounts address of the columns' popcounts (u32 each)
  ;;   $required  address of the smallest overlap (u32) kept with a column of popcount 0, then 1, 2, ...
  ;;   $out       where (column, overlap) pairs go (u32 each); room for $end - $column pairs
  ;; Returns the address behind the last pair written.
  (func (export "scan")
    (param $row i32) (param $columns i32) (param $column i32) (param $end i32) (param $stride i32)
    (param $popcounts i32) (param $required i32) (param $out i32)
    (result i32)
    (local $a i32) (local $b i32) (local $unrolled-end i32) (local $b-end i32) (local $overlap i32)
    (local $count i64)
    (local.set $b (i32.add (local.get $columns) (i32.mul (local.get $column) (local.get $stride))))
    (block $done
      (loop $next-column
        (br_if $done (i32.ge_u (local.get $column) (local.get $end)))
        (local.set $a (local.get $row))
        (local.set $b-end (i32.add (local.get $b) (local.get $stride)))
        (local.set $unrolled-end (i32.add (local.get $b) (i32.and (local.get $stride) (i32.const -64))))
        (local.set $count (i64.const 0))

        (block $unrolled-done
          (loop $unrolled
            (br_if $unrolled-done (i32.ge_u (local.get $b) (local.get $unrolled-end)))
            (local.set $count (i64.add (local.get $count) (i64.popcnt (i64.and (i64.load offset=0 (local.get $a)) (i64.load offset=0 (local.get $b))))))
            (local.set $count (i64.add (local.get $count) (i64.popcnt (i64.and (i64.load offset=8 (local.get $a)) (i64.load offset=8 (local.get $b))))))
            (local.set $count (i64.add (local.get $count) (i64.popcnt (i64.and (i64.load offset=16 (local.get $a)) (i64.load offset=16 (local.get $b))))))
            (local.set $count (i64.add (local.get $count) (i64.popcnt (i64.and (i64.load offset=24 (local.get $a)) (i64.load offset=24 (local.get $b))))))
            (local.set $count (i64.add (local.get $count) (i64.popcnt (i64.and (i64.load offset=32 (local.get $a)) (i64.load offset=32 (local.get $b))))))
            (local.set $count (i64.add (local.get $count) (i64.popcnt (i64.and (i64.load offset=40 (local.get $a)) (i64.load offset=40 (local.get $b))))))
            (local.set $count (i64.add (local.get $count) (i64.popcnt (i64.and (i64.load offset=48 (local.get $a)) (i64.load offset=48 (local.get $b))))))
            (local.set $count (i64.add (local.get $count) (i64.popcnt (i64.and (i64.load offset=56 (local.get $a)) (i64.load offset=56 (local.get $b))))))
            (local.set $a (i32.add (local.get $a) (i32.const 64)))
            (local.set $b (i32.add (local.get $b) (i32.const 64)))
            (br $unrolled)))

        (block $rest-done
          (loop $rest
            (br_if $rest-done (i32.ge_u (local.get $b) (local.get $b-end)))
            (local.set $count (i64.add (local.get $count) (i64.popcnt (i64.and (i64.load offset=0 (local.get $a)) (i64.load offset=0 (local.get $b))))))
            (local.set $count (i64.add (local.get $count) (i64.popcnt (i64.and (i64.load offset=8 (local.get $a)) (i64.load offset=8 (local.get $b))))))
            (local.set $a (i32.add (local.get $a) (i32.const 16)))
            (local.set $b (i32.add (local.get $b) (i32.const 16)))
            (br $rest)))

        (local.set $overlap (i32.wrap_i64 (local.get $count)))

        (if (i32.ge_u
              (local.get $overlap)
              (i32.load (i32.add (local.get $required)
                (i32.shl
                  (i32.load (i32.add (local.get $popcounts) (i32.shl (local.get $column) (i32.const 2))))
                  (i32.const 2)))))
          (then
            (i32.store (local.get $out) (local.get $column))
            (i32.store offset=4 (local.get $out) (local.get $overlap))
            (local.set $out (i32.add (local.get $out) (i32.const 8)))))

        (local.set $column (i32.add (local.get $column) (i32.const 1)))
        (br $next-column)))
    (local.get $out)))
