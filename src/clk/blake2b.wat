;; The compression of BLAKE2b (RFC 7693, section 3.2): one block of 128 bytes into the state of 64.
(module
  (memory (export "memory") 1)

  ;; 0: for each of 12 rounds the 16 words of the block it mixes in, as byte offsets. 256: the state, 320: the block.
  (data (i32.const 0)
    "\00\08\10\18\20\28\30\38\40\48\50\58\60\68\70\78"
    "\70\50\20\40\48\78\68\30\08\60\00\10\58\38\28\18"
    "\58\40\60\00\28\10\78\68\50\70\18\30\38\08\48\20"
    "\38\48\18\08\68\60\58\70\10\30\28\50\20\00\78\40"
    "\48\00\28\38\10\20\50\78\70\08\58\60\30\40\18\68"
    "\10\60\30\50\00\58\40\18\20\68\38\28\78\70\08\48"
    "\60\28\08\78\70\68\20\50\00\38\30\18\48\10\40\58"
    "\68\58\38\70\60\08\18\48\28\00\78\20\40\30\10\50"
    "\30\78\70\48\58\18\00\40\60\10\68\38\08\20\50\28"
    "\50\10\40\20\38\30\08\28\78\58\48\70\18\60\68\00"
    "\00\08\10\18\20\28\30\38\40\48\50\58\60\68\70\78"
    "\70\50\20\40\48\78\68\30\08\60\00\10\58\38\28\18")

  ;; The mixing function G of section 3.1.
  (func $mix
    (param $a i64) (param $b i64) (param $c i64) (param $d i64) (param $x i64) (param $y i64)
    (result i64 i64 i64 i64)
    (local.set $a (i64.add (i64.add (local.get $a) (local.get $b)) (local.get $x)))
    (local.set $d (i64.rotr (i64.xor (local.get $d) (local.get $a)) (i64.const 32)))
    (local.set $c (i64.add (local.get $c) (local.get $d)))
    (local.set $b (i64.rotr (i64.xor (local.get $b) (local.get $c)) (i64.const 24)))
    (local.set $a (i64.add (i64.add (local.get $a) (local.get $b)) (local.get $y)))
    (local.set $d (i64.rotr (i64.xor (local.get $d) (local.get $a)) (i64.const 16)))
    (local.set $c (i64.add (local.get $c) (local.get $d)))
    (local.set $b (i64.rotr (i64.xor (local.get $b) (local.get $c)) (i64.const 63)))
    (local.get $a) (local.get $b) (local.get $c) (local.get $d))

  ;;   $counter bytes hashed so far, this block included
  ;;   $last    -1 for the last block, 0 for others
  (func (export "compress") (param $counter i64) (param $last i64)
    (local $round i32)
    (local $v0 i64) (local $v1 i64) (local $v2 i64) (local $v3 i64)
    (local $v4 i64) (local $v5 i64) (local $v6 i64) (local $v7 i64)
    (local $v8 i64) (local $v9 i64) (local $v10 i64) (local $v11 i64)
    (local $v12 i64) (local $v13 i64) (local $v14 i64) (local $v15 i64)
    (local.set $v0 (i64.load offset=256 (i32.const 0)))
    (local.set $v1 (i64.load offset=264 (i32.const 0)))
    (local.set $v2 (i64.load offset=272 (i32.const 0)))
    (local.set $v3 (i64.load offset=280 (i32.const 0)))
    (local.set $v4 (i64.load offset=288 (i32.const 0)))
    (local.set $v5 (i64.load offset=296 (i32.const 0)))
    (local.set $v6 (i64.load offset=304 (i32.const 0)))
    (local.set $v7 (i64.load offset=312 (i32.const 0)))
    (local.set $v8 (i64.const 0x6a09e667f3bcc908))
    (local.set $v9 (i64.const 0xbb67ae8584caa73b))
    (local.set $v10 (i64.const 0x3c6ef372fe94f82b))
    (local.set $v11 (i64.const 0xa54ff53a5f1d36f1))
    (local.set $v12 (i64.xor (i64.const 0x510e527fade682d1) (local.get $counter)))
    (local.set $v13 (i64.const 0x9b05688c2b3e6c1f))
    (local.set $v14 (i64.xor (i64.const 0x1f83d9abfb41bd6b) (local.get $last)))
    (local.set $v15 (i64.const 0x5be0cd19137e2179))
    (loop $rounds
      (call $mix (local.get $v0) (local.get $v4) (local.get $v8) (local.get $v12)
        (i64.load offset=320 (i32.load8_u offset=0 (local.get $round)))
        (i64.load offset=320 (i32.load8_u offset=1 (local.get $round))))
      (local.set $v12) (local.set $v8) (local.set $v4) (local.set $v0)
      (call $mix (local.get $v1) (local.get $v5) (local.get $v9) (local.get $v13)
        (i64.load offset=320 (i32.load8_u offset=2 (local.get $round)))
        (i64.load offset=320 (i32.load8_u offset=3 (local.get $round))))
      (local.set $v13) (local.set $v9) (local.set $v5) (local.set $v1)
      (call $mix (local.get $v2) (local.get $v6) (local.get $v10) (local.get $v14)
        (i64.load offset=320 (i32.load8_u offset=4 (local.get $round)))
        (i64.load offset=320 (i32.load8_u offset=5 (local.get $round))))
      (local.set $v14) (local.set $v10) (local.set $v6) (local.set $v2)
      (call $mix (local.get $v3) (local.get $v7) (local.get $v11) (local.get $v15)
        (i64.load offset=320 (i32.load8_u offset=6 (local.get $round)))
        (i64.load offset=320 (i32.load8_u offset=7 (local.get $round))))
      (local.set $v15) (local.set $v11) (local.set $v7) (local.set $v3)
      (call $mix (local.get $v0) (local.get $v5) (local.get $v10) (local.get $v15)
        (i64.load offset=320 (i32.load8_u offset=8 (local.get $round)))
        (i64.load offset=320 (i32.load8_u offset=9 (local.get $round))))
      (local.set $v15) (local.set $v10) (local.set $v5) (local.set $v0)
      (call $mix (local.get $v1) (local.get $v6) (local.get $v11) (local.get $v12)
        (i64.load offset=320 (i32.load8_u offset=10 (local.get $round)))
        (i64.load offset=320 (i32.load8_u offset=11 (local.get $round))))
      (local.set $v12) (local.set $v11) (local.set $v6) (local.set $v1)
      (call $mix (local.get $v2) (local.get $v7) (local.get $v8) (local.get $v13)
        (i64.load offset=320 (i32.load8_u offset=12 (local.get $round)))
        (i64.load offset=320 (i32.load8_u offset=13 (local.get $round))))
      (local.set $v13) (local.set $v8) (local.set $v7) (local.set $v2)
      (call $mix (local.get $v3) (local.get $v4) (local.get $v9) (local.get $v14)
        (i64.load offset=320 (i32.load8_u offset=14 (local.get $round)))
        (i64.load offset=320 (i32.load8_u offset=15 (local.get $round))))
      (local.set $v14) (local.set $v9) (local.set $v4) (local.set $v3)
      (local.set $round (i32.add (local.get $round) (i32.const 16)))
      (br_if $rounds (i32.lt_u (local.get $round) (i32.const 192))))
    (i64.store offset=256 (i32.const 0)
      (i64.xor (i64.load offset=256 (i32.const 0)) (i64.xor (local.get $v0) (local.get $v8))))
    (i64.store offset=264 (i32.const 0)
      (i64.xor (i64.load offset=264 (i32.const 0)) (i64.xor (local.get $v1) (local.get $v9))))
    (i64.store offset=272 (i32.const 0)
      (i64.xor (i64.load offset=272 (i32.const 0)) (i64.xor (local.get $v2) (local.get $v10))))
    (i64.store offset=280 (i32.const 0)
      (i64.xor (i64.load offset=280 (i32.const 0)) (i64.xor (local.get $v3) (local.get $v11))))
    (i64.store offset=288 (i32.const 0)
      (i64.xor (i64.load offset=288 (i32.const 0)) (i64.xor (local.get $v4) (local.get $v12))))
    (i64.store offset=296 (i32.const 0)
      (i64.xor (i64.load offset=296 (i32.const 0)) (i64.xor (local.get $v5) (local.get $v13))))
    (i64.store offset=304 (i32.const 0)
      (i64.xor (i64.load offset=304 (i32.const 0)) (i64.xor (local.get $v6) (local.get $v14))))
    (i64.store offset=312 (i32.const 0)
      (i64.xor (i64.load offset=312 (i32.const 0)) (i64.xor (local.get $v7) (local.get $v15))))))
